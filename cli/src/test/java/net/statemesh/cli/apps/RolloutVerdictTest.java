// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.statemesh.api.Condition;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Reason;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.CurrentRelease;
import net.statemesh.api.application.Phase;
import net.statemesh.api.application.ReleaseFailure;
import net.statemesh.api.application.ReplicaState;
import net.statemesh.api.application.ReplicaStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutVerdictTest {
    @Test
    void statusOfAnOlderGenerationSaysNothing() {
        assertThat(RolloutVerdict.of(status(Phase.SERVING, 3), 4, Phase.SERVING))
                .isEqualTo(new RolloutVerdict.Underway("the master has not looked at the change yet"));
    }

    @Test
    void servingInTheNewGenerationIsReached() {
        assertThat(RolloutVerdict.of(status(Phase.SERVING, 4), 4, Phase.SERVING))
                .isEqualTo(new RolloutVerdict.Reached(List.of("https://u")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Reason.IMAGE_PULL_FAILED, Reason.CRASH_LOOPING, Reason.PORT_NOT_LISTENING, Reason.UNSCHEDULABLE,
                Reason.QUOTA_EXCEEDED, Reason.SECRET_MISSING, Reason.OUT_OF_MEMORY, Reason.CONTAINER_NOT_STARTED
            })
    void hopelessReplicaFailsAtOnce(String reason) {
        assertThat(RolloutVerdict.of(
                        status(Phase.DEPLOYING, 4, replica("shop-b", ReplicaState.NOT_READY, reason, "new")),
                        4,
                        Phase.SERVING))
                .isEqualTo(new RolloutVerdict.Failed(reason, "why", "shop-b"));
        assertThat(RolloutErrors.forReason(reason)).isNotEqualTo(RolloutErrors.FAILED);
    }

    @Test
    void masterJudgesWhatItCanRollBack() {
        ApplicationStatus crashing =
                status(Phase.DEPLOYING, 4, replica("shop-b", ReplicaState.CRASH_LOOPING, Reason.CRASH_LOOPING, "new"));
        assertThat(RolloutVerdict.of(with(crashing, new CurrentRelease(2L, 1L, null)), 4, Phase.SERVING))
                .isInstanceOf(RolloutVerdict.Underway.class);
        ApplicationStatus noRoom =
                status(Phase.DEPLOYING, 4, replica("shop-b", ReplicaState.PENDING, Reason.UNSCHEDULABLE, "new"));
        assertThat(RolloutVerdict.of(with(noRoom, new CurrentRelease(2L, 1L, null)), 4, Phase.SERVING))
                .isInstanceOf(RolloutVerdict.Failed.class);
    }

    @Test
    void rollbackOfThisChangeIsAFailureAlthoughTheOldOneServes() {
        ReleaseFailure failure = new ReleaseFailure(
                2L, 4L, 1L, Reason.CRASH_LOOPING, "exited", "shop-b", List.of("panic"), "master", null);
        ApplicationStatus back = with(status(Phase.SERVING, 5), new CurrentRelease(1L, null, failure));
        assertThat(RolloutVerdict.of(back, 4, Phase.SERVING)).isEqualTo(new RolloutVerdict.RolledBack(failure));
        assertThat(RolloutVerdict.of(with(status(Phase.SERVING, 6), back.release()), 6, Phase.SERVING))
                .as("an earlier rollback")
                .isInstanceOf(RolloutVerdict.Reached.class);
    }

    private static ApplicationStatus with(ApplicationStatus status, CurrentRelease release) {
        return new ApplicationStatus(
                status.phase(),
                status.id(),
                status.observedGeneration(),
                status.revision(),
                release,
                status.replicas(),
                status.readyReplicas(),
                status.updatedReplicas(),
                status.selector(),
                status.hosts(),
                status.urls(),
                status.replicaStatuses(),
                status.conditions());
    }

    @Test
    void troubleOfTheOldRevisionDoesNotFailTheNewOne() {
        assertThat(RolloutVerdict.of(
                        status(
                                Phase.DEPLOYING,
                                4,
                                replica("shop-a", ReplicaState.CRASH_LOOPING, Reason.CRASH_LOOPING, "old")),
                        4,
                        Phase.SERVING))
                .isInstanceOf(RolloutVerdict.Underway.class);
    }

    @Test
    void probeThatFailsMayStillSucceed() {
        RolloutVerdict verdict = RolloutVerdict.of(
                status(Phase.DEPLOYING, 4, replica("shop-b", ReplicaState.NOT_READY, Reason.PROBE_FAILED, "new")),
                4,
                Phase.SERVING);
        assertThat(verdict).isEqualTo(new RolloutVerdict.Underway("shop-b is NotReady: ProbeFailed, why"));
    }

    @Test
    void refusedSpecFails() {
        ApplicationStatus status = with(
                Phase.PENDING,
                List.of(new Condition(
                        ConditionTypes.ACCEPTED, Condition.FALSE, Reason.HOST_TAKEN, "taken", null, null)));
        assertThat(RolloutVerdict.of(status, 4, Phase.SERVING))
                .isEqualTo(new RolloutVerdict.Failed(Reason.HOST_TAKEN, "taken", ""));
        assertThat(RolloutErrors.forReason(Reason.PRIORITY_NOT_ALLOWED)).isEqualTo(RolloutErrors.PRIORITY_NOT_ALLOWED);
    }

    @Test
    void stoppingWaitsForTheEndWhateverReplicasSay() {
        assertThat(RolloutVerdict.of(
                        status(
                                Phase.STOPPING,
                                4,
                                replica("shop-b", ReplicaState.CRASH_LOOPING, Reason.CRASH_LOOPING, "new")),
                        4,
                        Phase.STOPPED))
                .isInstanceOf(RolloutVerdict.Underway.class);
    }

    private static ReplicaStatus replica(String name, ReplicaState state, String reason, String revision) {
        return new ReplicaStatus(name, "node-1", state, 0, reason, "why", revision, null);
    }

    private static ApplicationStatus status(Phase phase, long generation, ReplicaStatus... replicas) {
        return new ApplicationStatus(
                phase,
                "x7k2p",
                generation,
                "new",
                null,
                1,
                1,
                1,
                null,
                List.of(),
                List.of("https://u"),
                List.of(replicas),
                List.of());
    }

    private static ApplicationStatus with(Phase phase, List<Condition> conditions) {
        return new ApplicationStatus(
                phase, "x7k2p", 4L, "new", null, 1, 0, 0, null, List.of(), List.of(), List.of(), conditions);
    }
}
