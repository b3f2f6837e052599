// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Confirmation;
import net.statemesh.cli.Session;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.zone.install.Change;
import net.statemesh.zone.install.ZoneUninstaller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code statemesh zone uninstall}: the cluster is as it was before {@code zone install}. */
@Command(
        description = {
            "Removes what `zone install` brought, and nothing else. Projects end in an orderly way, which takes a running master; a zone"
                    + " that customers use is left alone unless --with-projects is given."
        },
        mixinStandardHelpOptions = true)
public final class ZoneUninstallCommand implements Callable<Integer> {
    private static final int MAX_SECONDS = 3600;

    private final Session session;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            required = true,
            description = "Of an administrator of the cluster.")
    private Path kubeconfig = Path.of("");

    @Option(
            names = "--with-projects",
            description = "Also when customers have projects or applications; their data go, too.")
    private boolean withProjects;

    @Option(names = "--dry-run", description = "Print what would be removed, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long one object may take to go (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    public ZoneUninstallCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (timeoutSeconds < 1 || timeoutSeconds > MAX_SECONDS) {
            throw new StateMeshException(
                    LauncherErrors.BAD_OPTION,
                    "--timeout is " + timeoutSeconds + ".",
                    List.of(),
                    List.of("accepted is 1 to " + MAX_SECONDS));
        }
        new Cluster(kubeconfig).administer(this::uninstall);
        return 0;
    }

    private void uninstall(KubernetesClient client) {
        ZoneUninstaller uninstaller = new ZoneUninstaller(client, Duration.ofSeconds(timeoutSeconds));
        List<Change> changes = uninstaller.plan();
        String server = client.getMasterUrl().toString();
        if (changes.isEmpty()) {
            session.console().done("unchanged  no zone is installed at " + server);
            return;
        }
        List<String> used = uninstaller.inUse();
        if (!used.isEmpty() && !withProjects) {
            throw new StateMeshException(
                    LauncherErrors.ZONE_IN_USE,
                    "the zone is in use; nothing was removed.",
                    used,
                    List.of("statemesh zone uninstall --with-projects removes these, too"));
        }
        if (dryRun) {
            used.forEach(object -> session.console().result("  - " + object));
            changes.forEach(change -> session.console().result("  - " + change.object()));
            session.console().progress("nothing was changed: --dry-run");
        } else if (confirmation.given(session, question(server, used.size()))) {
            remove(uninstaller, server);
        }
    }

    private static String question(String server, int used) {
        return "Remove the zone from " + server
                + (used == 0 ? "?" : ", with " + used + " projects and applications of customers?");
    }

    private void remove(ZoneUninstaller uninstaller, String server) {
        List<String> left = uninstaller.uninstall(object -> session.console().result("  - " + object));
        if (!left.isEmpty()) {
            throw new StateMeshException(
                    LauncherErrors.NOT_GONE_IN_TIME,
                    "not everything was gone within " + timeoutSeconds + " s.",
                    left,
                    List.of("a project ends only while a master runs: start it", "then give the same command again"));
        }
        session.console().done("removed  the zone from " + server);
    }
}
