// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Session;
import net.statemesh.cli.output.Format;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.zone.install.ApiNeeds;
import net.statemesh.zone.install.Change.Action;
import net.statemesh.zone.install.ZoneInstaller;
import net.statemesh.zone.install.ZoneManifests;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code statemesh zone install}: a second time it brings an installed zone up to date. */
@Command(
        description = {
            "Definitions, rights and settings are applied with the field manager statemesh-install; a second time they are brought up to"
                    + " date. Nodes and everything else of the cluster stay as they are."
        },
        mixinStandardHelpOptions = true)
public final class ZoneInstallCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Of an administrator of the cluster.")
    private @Nullable Path kubeconfig;

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "Name of the zone, a DNS label.")
    private String name = "";

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            required = true,
            description = "Generated names are APP-ID.NAME.DOMAIN.")
    private String domain = "";

    @Option(
            names = "--https-port",
            paramLabel = "PORT",
            defaultValue = "443",
            description = "Where ingress answers HTTPS (default: ${DEFAULT-VALUE}).")
    private int httpsPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "80",
            description = "Where ingress answers HTTP (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--registry",
            paramLabel = "HOST:PORT",
            defaultValue = "",
            description = "Image registry of the zone as its nodes reach it (default: none).")
    private String registry = "";

    @Option(
            names = "--dry-run",
            description =
                    "Print what would change, and change nothing. With -o yaml or json: print the manifests, and ask no server.")
    private boolean dryRun;

    @Mixin
    private final OutputOption output = new OutputOption();

    public ZoneInstallCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ZoneSettings settings = settings();
        if (dryRun && output.format().isDocument()) {
            session.console().result(manifests(settings));
            return 0;
        }
        if (kubeconfig == null) {
            throw new StateMeshException(
                    LauncherErrors.NO_CLUSTER,
                    "zone install needs --kubeconfig.",
                    List.of(),
                    List.of(
                            "give the kubeconfig of an administrator of the cluster",
                            "--dry-run -o yaml prints the manifests without one"));
        }
        new Cluster(kubeconfig).administer(client -> install(client, settings));
        return 0;
    }

    private void install(KubernetesClient client, ZoneSettings settings) {
        List<String> missing = ApiNeeds.missing(client, settings);
        if (!missing.isEmpty()) {
            throw new StateMeshException(
                    LauncherErrors.API_MISSING,
                    "this server does not offer what a zone needs; nothing was changed.",
                    missing,
                    List.of("use Kubernetes 1.20 or later"));
        }
        ZoneInstaller installer = new ZoneInstaller(client);
        ZoneChanges changes = new ZoneChanges(
                settings.name(),
                client.getMasterUrl().toString(),
                client.getKubernetesVersion().getGitVersion(),
                !dryRun,
                installer.plan(settings));
        requireOurs(changes);
        if (!dryRun && changes.any()) {
            installer.install(settings);
        }
        print(changes);
    }

    private static void requireOurs(ZoneChanges changes) {
        List<String> foreign = changes.objects(Action.REFUSE);
        if (!foreign.isEmpty()) {
            throw new StateMeshException(
                    LauncherErrors.NOT_OURS,
                    "objects of a zone's names are there already, and no zone install made them; nothing was changed.",
                    foreign,
                    List.of(
                            "remove or rename them, if they are no use",
                            "manifests that were applied with kubectl are brought up to date with kubectl"));
        }
    }

    private void print(ZoneChanges changes) {
        if (output.format().isDocument()) {
            session.console().result(Documents.render(output.format(), changes));
            return;
        }
        String cluster = changes.server() + " (Kubernetes " + changes.version() + ")";
        changes.lines().forEach(session.console()::result);
        if (!changes.done()) {
            session.console().progress("nothing was changed: --dry-run");
        } else if (changes.any()) {
            session.console().done("installed  zone " + changes.zone() + " at " + cluster);
        } else {
            session.console().done("unchanged  zone " + changes.zone() + " at " + cluster);
        }
    }

    private ZoneSettings settings() {
        try {
            return new ZoneSettings(name, domain, httpsPort, httpPort, registry);
        } catch (IllegalArgumentException e) {
            throw new StateMeshException(
                    LauncherErrors.BAD_SETTING,
                    "the settings of a zone cannot be these.",
                    List.of(String.valueOf(e.getMessage())),
                    List.of("statemesh zone install --help"),
                    e);
        }
    }

    private String manifests(ZoneSettings settings) {
        List<HasMetadata> all = ZoneManifests.all(settings);
        return output.format() == Format.JSON
                ? Serialization.asJson(
                        new KubernetesListBuilder().withItems(all).build())
                : String.join("", all.stream().map(Serialization::asYaml).toList())
                        .stripTrailing();
    }
}
