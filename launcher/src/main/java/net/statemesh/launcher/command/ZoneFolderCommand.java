// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Session;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.component.RoleFiles;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.outside.OutsideFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code statemesh zone folder}: a second time it renews the tokens. */
@Command(
        description = {
            "Writes what commands, a master and a router outside the cluster need to reach a zone that is installed on it: the CA that"
                    + " customers trust, and kubeconfigs with the rights of a master and of a router and no more."
        },
        mixinStandardHelpOptions = true)
public final class ZoneFolderCommand implements Callable<Integer> {
    private static final int MAX_DAYS = 3650;

    private final Session session;

    @Parameters(paramLabel = "DIR", description = "The folder; made where it is missing.")
    private Path root = Path.of("");

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            required = true,
            description = "Of an administrator of the cluster.")
    private Path kubeconfig = Path.of("");

    @Option(
            names = "--valid-days",
            paramLabel = "DAYS",
            defaultValue = "90",
            description = "How long the tokens are asked to last; a cluster may give less (default: ${DEFAULT-VALUE}).")
    private int validDays;

    public ZoneFolderCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (validDays < 1 || validDays > MAX_DAYS) {
            throw new StateMeshException(
                    LauncherErrors.BAD_OPTION,
                    "--valid-days is " + validDays + ".",
                    List.of(),
                    List.of("accepted is 1 to " + MAX_DAYS));
        }
        ZoneFolder folder = new ZoneFolder(root.toAbsolutePath());
        if (Files.exists(folder.zoneJson())) {
            throw new StateMeshException(
                    LauncherErrors.BAD_OPTION,
                    "'" + root + "' is the folder of a zone on this machine.",
                    List.of("it has a " + folder.zoneJson().getFileName()),
                    List.of("give another folder"));
        }
        new Cluster(kubeconfig).administer(client -> write(client, folder));
        return 0;
    }

    private void write(KubernetesClient client, ZoneFolder folder) {
        try {
            Instant expires = new OutsideFolder(folder).write(client, kubeconfig, Duration.ofDays(validDays));
            session.console().done("wrote  " + folder.root() + "; its tokens last until " + expires);
            session.console().progress("  statemesh run controllers --kubeconfig " + RoleFiles.controllers(folder));
            session.console().progress("  statemesh run ingress --config " + RoleFiles.ingress(folder));
            session.console().progress("  statemesh apps list --data " + folder.root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
