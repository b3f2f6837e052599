// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Reason;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.CurrentRelease;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.Phase;
import net.statemesh.api.application.Release;
import net.statemesh.api.application.ReleaseFailure;
import net.statemesh.api.application.ReleaseState;
import org.junit.jupiter.api.Test;

class ReleasePlanTest {
    private static final String OUTPUT = String.join(
            "\n", IntStream.rangeClosed(1, 30).mapToObj(i -> "line " + i).toList());

    private final Fixture zone = new Fixture(2);

    @Test
    void everyAcceptedSpecIsOneReleaseAndTheSameSpecNone() {
        serve();
        assertThat(numbersAndStates()).containsExactly("1 SERVING");
        zone.spec(zone.application.getSpec());
        zone.step();
        assertThat(numbersAndStates()).containsExactly("1 SERVING");
        deploy("shop:2");
        assertThat(numbersAndStates()).containsExactly("1 SUPERSEDED", "2 ROLLING_OUT");
        serve();
        assertThat(numbersAndStates()).containsExactly("1 SUPERSEDED", "2 SERVING");
        assertThat(current()).isEqualTo(new CurrentRelease(2L, null, null));
        assertThat(zone.releases.getLast().getMetadata().getName()).isEqualTo("shop-x7k2p-2");
        assertThat(zone.releases.getLast().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid()).isEqualTo("uid-of-shop"));
    }

    @Test
    void scalingAndStoppingAreNoReleases() {
        serve();
        zone.spec(zone.application.getSpec().toBuilder().replicas(5).build());
        serve();
        zone.spec(zone.application.getSpec().toBuilder().stopped(true).build());
        zone.step();
        assertThat(numbersAndStates()).containsExactly("1 SERVING");
    }

    @Test
    void specThatIsNotAcceptedIsNoRelease() {
        zone.violations = List.of(new net.statemesh.api.validation.Violation("spec.x", "1", "2"));
        zone.step();
        assertThat(zone.releases).isEmpty();
    }

    @Test
    void changeOfRoutesAloneServesAtOnce() {
        serve();
        zone.running(0, zone.now);
        zone.spec(zone.application.getSpec().toBuilder()
                .entrypoints(List.of(new Entrypoint(null, "/api", Entrypoint.PathType.PREFIX, 8080)))
                .build());
        zone.step();
        assertThat(numbersAndStates()).containsExactly("1 SUPERSEDED", "2 SERVING");
    }

    @Test
    void secondCrashRollsBackWithTheLastTwentyLines() {
        serve();
        ApplicationSpec good = zone.application.getSpec();
        deploy("shop:2");
        crash(2, 0);
        Plan forgiven = zone.step();
        assertThat(forgiven.rollsBack()).isFalse();
        ReleaseFailure early = Objects.requireNonNull(current().failure());
        assertThat(early.reason()).isEqualTo(Reason.CRASH_LOOPING);
        assertThat(early.logLines()).hasSize(20).startsWith("line 11").endsWith("line 30");
        assertThat(early.rolledBackTo()).isNull();
        assertThat(current().fallback()).isEqualTo(1);

        crash(2, 1);
        assertThat(zone.step().rollsBack()).isTrue();
        assertThat(zone.application.getSpec()).isEqualTo(good);
        Plan back = zone.step();
        assertThat(back.actions())
                .singleElement()
                .satisfies(action -> assertThat(action.reason()).isEqualTo(Reason.NEW_REVISION));
        zone.step();
        assertThat(numbersAndStates()).containsExactly("1 SERVING", "2 ROLLED_BACK");
        assertThat(zone.plan().status().phase()).isEqualTo(Phase.SERVING);
        assertThat(zone.plan().status().condition(ConditionTypes.ROLLED_BACK).orElseThrow())
                .satisfies(condition -> {
                    assertThat(condition.reason()).isEqualTo(Reason.CRASH_LOOPING);
                    assertThat(condition.actor()).isEqualTo("master");
                    assertThat(condition.message()).contains("release 2 gave way to release 1", "code 3");
                });
        assertThat(current().failure()).isNotNull().satisfies(failure -> {
            assertThat(failure.release()).isEqualTo(2);
            assertThat(failure.rolledBackTo()).isEqualTo(1);
            assertThat(failure.generation()).isEqualTo(2);
            assertThat(failure.replica()).startsWith("shop-x7k2p-");
            assertThat(failure.logLines()).hasSize(20);
        });
        assertThat(current().number()).isEqualTo(1);
    }

    @Test
    void oldReplicasServeUntilTheEndOfARollback() {
        serve();
        List<String> before = names();
        deploy("shop:2");
        crash(2, 1);
        for (int i = 0; i < 10; i++) {
            zone.step();
            assertThat(names()).containsAll(before);
        }
        assertThat(names()).isEqualTo(before);
    }

    @Test
    void missingImageRollsBackAfterPatience() {
        serve();
        deploy("shop:nope");
        zone.waiting(2, "ErrImagePull", "manifest unknown");
        assertThat(zone.step().recheckAfter()).isEqualTo(RollbackRule.PATIENCE);
        zone.now = zone.now.plus(RollbackRule.PATIENCE);
        assertThat(zone.step().rollsBack()).isTrue();
        zone.step();
        assertThat(current().failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.message()).contains("shop:nope", "manifest unknown"));
    }

    @Test
    void releaseThatMakesNoProgressRollsBackAtItsDeadline() {
        serve();
        deploy("shop:2");
        zone.running(2, zone.now);
        zone.step();
        zone.now = zone.now.plusSeconds(ApplicationSpec.DEFAULT_PROGRESS_DEADLINE_SECONDS - 1);
        assertThat(zone.step().rollsBack()).isFalse();
        zone.now = zone.now.plusSeconds(1);
        assertThat(zone.step().rollsBack()).isTrue();
        zone.step();
        assertThat(current().failure()).isNotNull().satisfies(failure -> {
            assertThat(failure.reason()).isEqualTo(Reason.PORT_NOT_LISTENING);
            assertThat(failure.message()).contains("not ready within 180 s", "port 8080");
        });
    }

    @Test
    void timeThatNoMasterSawDoesNotCount() {
        serve();
        deploy("shop:2");
        zone.running(2, zone.now);
        zone.step();
        zone.now = zone.now.plusSeconds(3600);
        zone.watchingSince = zone.now.minusSeconds(1);
        assertThat(zone.step().rollsBack()).isFalse();
    }

    @Test
    void progressMovesTheDeadline() {
        serve();
        deploy("shop:2");
        zone.now = zone.now.plusSeconds(170);
        zone.ready(2);
        zone.step();
        zone.step();
        zone.now = zone.now.plusSeconds(170);
        assertThat(zone.step().rollsBack()).isFalse();
    }

    @Test
    void firstReleaseHasNothingToRollBackTo() {
        zone.step();
        crash(0, 5);
        zone.now = zone.now.plusSeconds(10_000);
        Plan plan = zone.step();
        assertThat(plan.rollsBack()).isFalse();
        assertThat(plan.status().phase()).isEqualTo(Phase.FAILED);
        assertThat(current().failure()).isNotNull();
        assertThat(current().fallback()).isNull();
    }

    @Test
    void releaseThatServedIsNeverRolledBack() {
        serve();
        deploy("shop:2");
        for (int i = 0; i < 10; i++) {
            serve();
        }
        crash(0, 9);
        zone.now = zone.now.plusSeconds(10_000);
        assertThat(zone.step().rollsBack()).isFalse();
        assertThat(numbersAndStates()).containsExactly("1 SUPERSEDED", "2 SERVING");
    }

    @Test
    void ownerMayForbidRollbacks() {
        serve();
        zone.spec(zone.application.getSpec().toBuilder()
                .automaticRollback(false)
                .containers(List.of(ContainerSpec.of("web", "shop:2").withPorts(Fixture.WEB.ports())))
                .build());
        zone.step();
        crash(2, 5);
        assertThat(zone.step().rollsBack()).isFalse();
        assertThat(current().failure()).isNotNull();
    }

    @Test
    void interruptedRollbackIsFinished() {
        serve();
        ApplicationSpec good = zone.application.getSpec();
        deploy("shop:2");
        ApplicationSpec broken = zone.application.getSpec();
        crash(2, 1);
        zone.step();
        zone.spec(broken); // as if the master had ended between its two writes
        assertThat(zone.step().rollsBack()).isTrue();
        assertThat(zone.application.getSpec()).isEqualTo(good);
        zone.step();
        assertThat(numbersAndStates()).containsExactly("1 SERVING", "2 ROLLED_BACK");
    }

    @Test
    void brokenSpecMayBeTriedAgain() {
        serve();
        deploy("shop:2");
        crash(2, 1);
        zone.step();
        zone.step();
        zone.step();
        deploy("shop:2");
        assertThat(numbersAndStates()).containsExactly("1 SUPERSEDED", "2 ROLLED_BACK", "3 ROLLING_OUT");
        assertThat(current().failure()).isNull();
        serve();
        assertThat(numbersAndStates()).containsExactly("1 SUPERSEDED", "2 ROLLED_BACK", "3 SERVING");
    }

    @Test
    void lostStatusMakesNoSecondRelease() {
        serve();
        deploy("shop:2");
        zone.application.setStatus(null);
        zone.step();
        assertThat(numbersAndStates()).containsExactly("1 SUPERSEDED", "2 ROLLING_OUT");
    }

    @Test
    void oldReleasesAreForgottenButNotTheOneToGoBackTo() {
        serve();
        for (int i = 2; i <= ReleaseHistory.MAX_KEPT + 10; i++) {
            deploy("shop:" + i);
        }
        assertThat(zone.releases).hasSizeLessThanOrEqualTo(ReleaseHistory.MAX_KEPT + 2);
        assertThat(numbersAndStates()).contains("1 SUPERSEDED");
    }

    private void serve() {
        for (int i = 0; i < 12; i++) {
            zone.step();
            zone.now = zone.now.plusSeconds(1);
            zone.allReady();
        }
        zone.step();
        zone.step();
        assertThat(zone.plan().status().phase()).isIn(Phase.SERVING, Phase.STOPPED);
    }

    private void deploy(String image) {
        zone.spec(zone.application.getSpec().toBuilder()
                .containers(List.of(ContainerSpec.of("web", image).withPorts(Fixture.WEB.ports())))
                .build());
        zone.step();
        zone.step();
    }

    private void crash(int index, int restarts) {
        zone.crashed(index, 3, "Error", OUTPUT);
        zone.pods.get(index).getStatus().getContainerStatuses().getFirst().setRestartCount(restarts);
    }

    private CurrentRelease current() {
        return Objects.requireNonNull(zone.plan().status().release());
    }

    private List<String> names() {
        return zone.pods.stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    private List<String> numbersAndStates() {
        return zone.releases.stream().map(ReleasePlanTest::numberAndState).toList();
    }

    private static String numberAndState(Release release) {
        ReleaseState state = ReleaseHistory.status(release).state();
        return release.getSpec().number() + " " + state;
    }
}
