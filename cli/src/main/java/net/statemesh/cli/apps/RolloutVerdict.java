// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.statemesh.api.Condition;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Reason;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.CurrentRelease;
import net.statemesh.api.application.Phase;
import net.statemesh.api.application.ReleaseFailure;
import net.statemesh.api.application.ReplicaState;
import net.statemesh.api.application.ReplicaStatus;
import org.jspecify.annotations.Nullable;

/** What a status says about one change of an application. Pure. */
sealed interface RolloutVerdict {
    /** Reasons that waiting does not cure. */
    Set<String> HOPELESS = Set.of(
            Reason.IMAGE_PULL_FAILED,
            Reason.CRASH_LOOPING,
            Reason.PORT_NOT_LISTENING,
            Reason.UNSCHEDULABLE,
            Reason.QUOTA_EXCEEDED,
            Reason.SECRET_MISSING,
            Reason.HOST_TAKEN,
            Reason.INVALID,
            Reason.OUT_OF_MEMORY,
            Reason.CONTAINER_NOT_STARTED);

    /** It may still come; {@code cause} is what stands in the way as far as known. */
    record Underway(String cause) implements RolloutVerdict {}

    /** Of these, those that are no fault of a release, so that the master does not go back to another one soon. */
    Set<String> NOT_ITS_FAULT = Set.of(Reason.UNSCHEDULABLE, Reason.QUOTA_EXCEEDED, Reason.HOST_TAKEN, Reason.INVALID);

    /** It is as it was asked for. */
    record Reached(List<String> urls) implements RolloutVerdict {}

    /**
     * It will not come without a change.
     *
     * @param replica pod that shows it; empty where none does
     */
    record Failed(String reason, String message, String replica) implements RolloutVerdict {}

    /** It did not come up, and an earlier release took its place. */
    record RolledBack(ReleaseFailure failure) implements RolloutVerdict {}

    /**
     * Judges a status.
     *
     * @param generation of the object that was written
     * @param wanted phase that the change is to end in
     */
    static RolloutVerdict of(ApplicationStatus status, long generation, Phase wanted) {
        if (status.observedGeneration() < generation) {
            return new Underway("the master has not looked at the change yet");
        }
        Optional<ReleaseFailure> rolledBack = Optional.ofNullable(status.release())
                .map(CurrentRelease::failure)
                .filter(failure -> failure.rolledBackTo() != null && failure.generation() >= generation);
        if (rolledBack.isPresent()) {
            return new RolledBack(rolledBack.get());
        }
        if (status.phase() == wanted) {
            return new Reached(status.urls());
        }
        Optional<Condition> refused =
                status.condition(ConditionTypes.ACCEPTED).filter(accepted -> Condition.FALSE.equals(accepted.status()));
        if (refused.isPresent()) {
            return new Failed(refused.get().reason(), text(refused.get().message()), "");
        }
        Set<String> hopelessReasons = hasFallback(status) ? NOT_ITS_FAULT : HOPELESS;
        Optional<ReplicaStatus> hopeless = ofThisRevision(status).stream()
                .filter(replica -> (replica.state() == ReplicaState.CRASH_LOOPING && !hasFallback(status))
                        || hopelessReasons.contains(text(replica.reason())))
                .findFirst();
        if (hopeless.isPresent() && wanted == Phase.SERVING) {
            ReplicaStatus replica = hopeless.get();
            String reason = replica.reason() == null ? Reason.CRASH_LOOPING : replica.reason();
            return new Failed(reason, text(replica.message()), replica.name());
        }
        Optional<Condition> serving = status.condition(ConditionTypes.SERVING)
                .filter(condition -> !condition.holds() && hopelessReasons.contains(condition.reason()));
        boolean failed = status.phase() == Phase.FAILED && !hasFallback(status);
        if (wanted == Phase.SERVING && (serving.isPresent() || failed)) {
            return new Failed(
                    serving.map(Condition::reason).orElse("Failed"),
                    serving.map(condition -> text(condition.message())).orElse("no replica serves"),
                    "");
        }
        return new Underway(causeOf(status));
    }

    /** Then the master judges, and goes back. */
    private static boolean hasFallback(ApplicationStatus status) {
        return status.release() != null && status.release().fallback() != null;
    }

    private static List<ReplicaStatus> ofThisRevision(ApplicationStatus status) {
        return status.replicaStatuses().stream()
                .filter(replica ->
                        replica.revision() == null || replica.revision().equals(status.revision()))
                .sorted(Comparator.comparing(ReplicaStatus::name))
                .toList();
    }

    private static String causeOf(ApplicationStatus status) {
        for (ReplicaStatus replica : ofThisRevision(status)) {
            if (replica.state() != ReplicaState.READY && replica.reason() != null) {
                return replica.name() + " is " + Words.of(replica.state()) + ": " + replica.reason()
                        + (replica.message() == null ? "" : ", " + replica.message());
            }
        }
        return status.condition(ConditionTypes.SERVING)
                .filter(condition -> !condition.holds())
                .map(condition -> condition.reason() + (condition.message() == null ? "" : ": " + condition.message()))
                .orElse(status.readyReplicas() + " replicas are ready");
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
