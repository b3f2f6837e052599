// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.supervisor.ComponentRecord;

/** Waits until something is true, and gives up early, with the cause, when a process that it needs keeps ending. */
final class Readiness {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final long POLL_NANOS = 50_000_000;
    private static final int HOPELESS_RESTARTS = 3;
    private static final int EVIDENCE_LINES = 8;
    private static final int READ_LINES = 400;
    private static final Pattern STACK_FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ more|Suppressed: ).*");

    private final ZoneFolder folder;
    private final Clock clock;

    Readiness(ZoneFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Waits.
     *
     * @param component whose end makes waiting useless
     * @param missing says what is missing; empty when it is ready
     */
    void await(String component, Supplier<Optional<String>> missing) throws IOException {
        Instant deadline = clock.instant().plus(LIMIT);
        Optional<String> still = missing.get();
        while (still.isPresent()) {
            refuseIfHopeless(component);
            if (clock.instant().isAfter(deadline)) {
                throw notInTime(component, still.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
            still = missing.get();
        }
    }

    private void refuseIfHopeless(String component) throws IOException {
        Optional<ComponentRecord> record = ComponentRecord.read(folder, component);
        if (record.isPresent()
                && record.get().restarts() >= HOPELESS_RESTARTS
                && record.get().lastExit() != null
                && !record.get().isAlive()) {
            throw new StateMeshException(
                    LauncherErrors.COMPONENT_FAILS,
                    component + " does not stay up: "
                            + record.get()
                                    .exit()
                                    .map(ComponentRecord.Exit::reason)
                                    .orElse("it ended")
                            + ".",
                    lastWords(component),
                    List.of("statemesh logs " + component, "statemesh doctor"));
        }
    }

    private StateMeshException notInTime(String component, String missing) throws IOException {
        List<String> evidence = new ArrayList<>(List.of(missing));
        evidence.addAll(lastWords(component));
        return new StateMeshException(
                LauncherErrors.NOT_READY_IN_TIME,
                component + " was not ready after " + LIMIT.toMinutes() + " minutes.",
                evidence,
                List.of("statemesh logs " + component, "statemesh doctor"));
    }

    /** The end of a log without the frames of stack traces: those are for `logs`. */
    private List<String> lastWords(String component) throws IOException {
        List<String> lines = LogTail.of(folder.log(component), READ_LINES).stream()
                .filter(line -> !STACK_FRAME.matcher(line).matches())
                .toList();
        return lines.subList(Math.max(0, lines.size() - EVIDENCE_LINES), lines.size());
    }
}
