// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import net.statemesh.api.Reason;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.Phase;
import net.statemesh.api.application.ReleaseFailure;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.client.ObjectStates;
import net.statemesh.cli.output.Console;

/** Follows one change of an application until it is reached, hopeless or out of time. */
final class Rollout {
    private static final int LOG_LINES = 20;
    /** The cause itself; its log lines come below. */
    private static final int MAX_CAUSE_LINES = 1;

    private final Applications applications;
    private final ReplicaLines lines;
    private final Logs logs;

    Rollout(Applications applications, Console console) {
        this.applications = applications;
        this.lines = new ReplicaLines(console);
        this.logs = new Logs(applications.api(), applications.project());
    }

    /** The application as it is when it got to {@code wanted}; throws when it does not. */
    ApplicationView await(String name, long generation, Phase wanted, Duration timeout) {
        AtomicReference<RolloutVerdict> last =
                new AtomicReference<>(new RolloutVerdict.Underway("the zone has not answered yet"));
        return states(name)
                .await(timeout, state -> {
                    JsonNode object = state.orElseThrow(() -> gone(name));
                    ApplicationStatus status = Statuses.status(object);
                    RolloutVerdict verdict = RolloutVerdict.of(status, generation, wanted);
                    last.set(verdict);
                    if (status.observedGeneration() >= generation) {
                        lines.show(status.replicaStatuses());
                    }
                    return switch (verdict) {
                        case RolloutVerdict.Reached reached -> Optional.of(ApplicationView.of(object));
                        case RolloutVerdict.Failed failed -> throw failure(name, failed, status);
                        case RolloutVerdict.RolledBack back -> throw rolledBack(name, back.failure(), status);
                        case RolloutVerdict.Underway underway -> Optional.empty();
                    };
                })
                .orElseThrow(() -> timeout(name, wanted, timeout, Objects.requireNonNull(last.get())));
    }

    /** Waits until an application is gone. */
    void awaitGone(String name, Duration timeout) {
        boolean gone = states(name)
                .await(timeout, state -> state.isEmpty() ? Optional.of(true) : Optional.empty())
                .isPresent();
        if (!gone) {
            throw new StateMeshException(
                    RolloutErrors.TIMEOUT,
                    "'" + name + "' is still ending after " + timeout.toSeconds() + " s.",
                    List.of(),
                    List.of("statemesh apps explain " + name));
        }
    }

    private ObjectStates states(String name) {
        return new ObjectStates(applications.api(), ApiPaths.applications(applications.project()), name);
    }

    private StateMeshException failure(String name, RolloutVerdict.Failed failed, ApplicationStatus status) {
        List<String> evidence = new ArrayList<>();
        failed.message().lines().forEach(evidence::add);
        if (hasRun(failed.reason())) {
            String writer = failed.replica().isEmpty() ? name : failed.replica();
            evidence.addAll(quoted(writer, logs.last(name, failed.replica(), LOG_LINES)));
        }
        evidence.add(
                status.readyReplicas() > 0
                        ? "the old version keeps serving with " + Words.count(status.readyReplicas(), "replica")
                        : "nothing serves; the application stays, so that you can look at it");
        return new StateMeshException(
                RolloutErrors.forReason(failed.reason()),
                "'" + name + "' does not come up: " + sentence(failed.reason()) + ".",
                evidence,
                List.of(
                        "statemesh apps explain " + name,
                        "deploy again with what was wrong put right",
                        "statemesh apps delete " + name));
    }

    private static StateMeshException rolledBack(String name, ReleaseFailure failure, ApplicationStatus status) {
        List<String> evidence = new ArrayList<>();
        evidence.add("release " + failure.release() + " gave way to release " + failure.rolledBackTo()
                + ", which serves with " + Words.count(status.readyReplicas(), "replica"));
        failure.message().lines().limit(MAX_CAUSE_LINES).forEach(evidence::add);
        evidence.addAll(quoted(Objects.requireNonNullElse(failure.replica(), name), failure.logLines()));
        return new StateMeshException(
                RolloutErrors.forReason(failure.reason()),
                "'" + name + "' was rolled back: " + sentence(failure.reason()) + ".",
                evidence,
                List.of(
                        "statemesh apps releases " + name,
                        "deploy again with what was wrong put right",
                        "statemesh apps explain " + name));
    }

    private static List<String> quoted(String writer, List<String> logLines) {
        Stream<String> title = logLines.isEmpty() ? Stream.empty() : Stream.of("last log lines of " + writer + ":");
        return Stream.concat(title, logLines.stream().map(line -> "  | " + line))
                .toList();
    }

    private static boolean hasRun(String reason) {
        return switch (reason) {
            case Reason.IMAGE_PULL_FAILED,
                    Reason.UNSCHEDULABLE,
                    Reason.QUOTA_EXCEEDED,
                    Reason.SECRET_MISSING,
                    Reason.HOST_TAKEN,
                    Reason.PRIORITY_NOT_ALLOWED,
                    Reason.INVALID -> false;
            default -> true;
        };
    }

    private static String sentence(String reason) {
        return switch (reason) {
            case Reason.IMAGE_PULL_FAILED -> "its image cannot be pulled";
            case Reason.CRASH_LOOPING -> "it ends again and again";
            case Reason.PORT_NOT_LISTENING -> "it runs, but nobody listens on the port it declares";
            case Reason.UNSCHEDULABLE -> "no node has room for it";
            case Reason.QUOTA_EXCEEDED -> "the project's quota does not allow it";
            case Reason.SECRET_MISSING -> "a secret that it names is not there";
            case Reason.HOST_TAKEN -> "another project has its host";
            case Reason.PRIORITY_NOT_ALLOWED -> "its project may not have so high a priority";
            case Reason.INVALID -> "the zone does not accept it";
            case Reason.OUT_OF_MEMORY -> "it needs more memory than its limit";
            case Reason.CONTAINER_NOT_STARTED -> "its container cannot be started";
            case Reason.PROBE_FAILED -> "it runs, but its probe fails";
            case Reason.DEADLINE_EXCEEDED -> "it was not ready in time";
            default -> reason;
        };
    }

    private StateMeshException timeout(String name, Phase wanted, Duration timeout, RolloutVerdict last) {
        String cause = last instanceof RolloutVerdict.Underway underway ? underway.cause() : "it changed meanwhile";
        return new StateMeshException(
                RolloutErrors.TIMEOUT,
                "'" + name + "' is not " + Words.of(wanted) + " after " + timeout.toSeconds() + " s.",
                List.of(cause),
                List.of("statemesh apps explain " + name, "statemesh apps logs " + name, "--timeout 15m"));
    }

    private StateMeshException gone(String name) {
        return new StateMeshException(
                RolloutErrors.GONE, "'" + name + "' was deleted meanwhile.", List.of(), List.of("statemesh apps list"));
    }
}
