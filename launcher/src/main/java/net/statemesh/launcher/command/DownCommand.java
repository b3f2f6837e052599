// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Session;
import net.statemesh.cli.ZoneContext;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.down.Down;
import net.statemesh.launcher.down.Purge;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.preflight.Preflight;
import net.statemesh.launcher.up.ZoneLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code statemesh down}. */
@Command(mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
    private static final long MAX_GRACE_SECONDS = 3600;
    private final Session session;

    @Option(names = "--purge", description = "Remove everything of the zone, its data included.")
    private boolean purge;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = "What containers get to end by themselves, at most (default: ${DEFAULT-VALUE}).",
            defaultValue = "30")
    private long graceSeconds;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    public DownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Preflight.requireRoot();
        ZoneFolder folder = ZoneChoice.existing(session);
        Purge.requireZone(folder);
        if (graceSeconds < 0 || graceSeconds > MAX_GRACE_SECONDS) {
            throw new StateMeshException(
                    LauncherErrors.BAD_OPTION,
                    "--grace is " + graceSeconds + ".",
                    List.of(),
                    List.of("accepted is 0 to " + MAX_GRACE_SECONDS));
        }
        if (purge && !yes) {
            confirm(folder);
        }
        try (ZoneLock _ = ZoneLock.take(folder)) {
            new Down(folder, Duration.ofSeconds(graceSeconds)).run();
            session.console().done("stopped the zone in " + folder.root());
            if (purge) {
                purge(folder);
            }
        }
        return 0;
    }

    private void purge(ZoneFolder folder) throws IOException {
        List<String> foreign = Purge.run(folder);
        ZoneContext.forgetZone(session.environment().home(), folder.root());
        session.console()
                .done(
                        foreign.isEmpty()
                                ? "removed " + folder.root()
                                : "removed the zone; " + folder.root() + " stays, it also holds "
                                        + String.join(", ", foreign));
    }

    private void confirm(ZoneFolder folder) throws IOException {
        String answer = "";
        if (session.environment().inIsTerminal()) {
            session.environment()
                    .err()
                    .print("Remove everything in " + folder.root() + ", the data of its applications included? [y/N] ");
            session.environment().err().flush();
            answer = new BufferedReader(
                            new InputStreamReader(session.environment().in(), StandardCharsets.UTF_8))
                    .readLine();
        }
        if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
            throw new StateMeshException(
                    LauncherErrors.NOT_CONFIRMED,
                    "nothing was removed: --purge was not confirmed.",
                    List.of(),
                    List.of("statemesh down --purge --yes"));
        }
    }
}
