// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import static net.statemesh.zone.scheduler.Fixture.node;
import static net.statemesh.zone.scheduler.Fixture.pod;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Domain;
import net.statemesh.api.application.Priority;
import net.statemesh.zone.scheduler.Fixture.PodFixture;
import org.junit.jupiter.api.Test;

class SchedulingCoreTest {
    private final SchedulingCore core = new SchedulingCore();
    private long now;

    @Test
    void podThatFitsNowhereIsTriedAgainAsSoonAsRoomIsMade() {
        core.put(node("node-1").cpu(1000).facts(), now);
        want(pod("a").of("first").cpu(800));
        assertThat(bound()).containsExactly("team/a=node-1");
        want(pod("b").of("second").cpu(800));
        assertThat(waits().message())
                .isEqualTo("0 of 1 nodes fit: 1 lacks 800m CPU (largest free 200m on node-1);"
                        + " needs 600m CPU more on node-1");
        now += 1;
        core.put(node("node-2").cpu(100).facts(), now);
        assertThat(core.next(now)).as("a node without room helps nobody").isEmpty();
        core.removePod("uid-a", "team/a", now);
        assertThat(bound()).containsExactly("team/b=node-1");
    }

    @Test
    void failedBindingGivesTheRoomBackAndIsTriedAgainAfterAPause() {
        core.put(node("node-1").facts(), now);
        PodRequest pod = want(pod("a"));
        assertThat(bound()).hasSize(1);
        core.want(pod, null, now);
        assertThat(core.next(now)).as("old news of a pod that was given a node").isEmpty();
        core.bindFailed(pod, now);
        assertThat(core.ledger().isPlaced("uid-a")).isFalse();
        assertThat(core.next(now)).isEmpty();
        now = core.dueMillis(now).orElseThrow();
        assertThat(bound()).containsExactly("team/a=node-1");
    }

    @Test
    void lessImportantMakeRoomAndItIsKeptForTheOneTheyEndedFor() {
        core.put(node("node-1").cpu(1000).facts(), now);
        want(pod("low").of("batch").priority(Priority.LOW).cpu(800));
        assertThat(bound()).hasSize(1);
        want(pod("high").of("shop").priority(Priority.HIGH).cpu(800));
        Step.Wait wait = waits();
        assertThat(wait.decision().preemption().orElseThrow().victims())
                .extracting(PlacedPod::key)
                .containsExactly("team/low");
        assertThat(wait.message()).endsWith("; 1 less important on node-1 are ended to make room");
        want(pod("thief").of("thief").cpu(300));
        now += 1;
        core.removePod("uid-low", "team/low", now);
        assertThat(bound()).containsExactly("team/high=node-1");
        assertThat(core.ledger().isPlaced("uid-thief")).isFalse();
    }

    @Test
    void victimThatCouldNotBeEndedMayBeChosenAgain() {
        core.put(node("node-1").cpu(1000).facts(), now);
        want(pod("low").of("batch").priority(Priority.LOW).cpu(800));
        assertThat(bound()).hasSize(1);
        want(pod("high").of("shop").priority(Priority.HIGH).cpu(800));
        assertThat(waits().decision().preemption()).isPresent();
        core.evictionFailed("uid-low");
        now = core.dueMillis(now).orElseThrow();
        assertThat(waits().decision().preemption().orElseThrow().victims()).hasSize(1);
    }

    @Test
    void gangIsPlacedWhenAllExistAndAllFit() {
        core.put(node("node-1").cpu(1000).facts(), now);
        want(pod("g-1").of("g").gang(3, 1000).cpu(400));
        want(pod("g-2").of("g").gang(3, 1000).cpu(400));
        assertThat(core.next(now)).as("two of three exist").isEmpty();
        want(pod("g-3").of("g").gang(3, 1000).cpu(400));
        Step.Wait wait = waits();
        assertThat(wait.pods()).hasSize(3);
        assertThat(wait.message())
                .startsWith(
                        "a gang of 3 replicas gets nodes for all or none: 2 have or would get one, the next does not:"
                                + " 0 of 1 nodes fit");
        assertThat(core.ledger().node("node-1").orElseThrow().pods()).isEmpty();
        now += 1;
        core.put(node("node-2").cpu(1000).facts(), now);
        assertThat(bound()).containsExactlyInAnyOrder("team/g-1=node-1", "team/g-2=node-2", "team/g-3=node-1");
    }

    @Test
    void gangThatDoesNotBecomeCompleteIsReportedWhenItsTimeIsOver() {
        core.put(node("node-1").facts(), now);
        want(pod("g-1").of("g").gang(3, 5000));
        assertThat(core.next(now)).isEmpty();
        now = core.dueMillis(now).orElseThrow();
        assertThat(now).isEqualTo(5000);
        Step.Wait wait = waits();
        assertThat(wait.reason()).isEqualTo(Reason.GANG_TIMED_OUT);
        assertThat(wait.message()).startsWith("a gang of 3 replicas is placed when all of them exist; 1 do after 5 s");
    }

    @Test
    void lostMemberOfAGangIsReplacedAlone() {
        core.put(node("node-1").facts(), now);
        List.of("g-1", "g-2").forEach(name -> want(pod(name).of("g").gang(2, 1000)));
        assertThat(bound()).hasSize(2);
        core.removePod("uid-g-1", "team/g-1", now);
        want(pod("g-3").of("g").gang(2, 1000));
        assertThat(bound()).containsExactly("team/g-3=node-1");
    }

    @Test
    void podThatWantsToBeNearAnotherIsTriedAgainWhenThatHasANode() {
        core.put(node("node-1").facts(), now);
        want(pod("web").near("db", Domain.NODE));
        assertThat(waits().message()).contains("lacks a replica of db on the same node");
        want(pod("db").of("db"));
        assertThat(bound()).containsExactly("team/db=node-1", "team/web=node-1");
    }

    @Test
    void mostImportantGoFirstWhenThereIsNotRoomForAll() {
        core.put(node("node-1").cpu(100).facts(), now);
        want(pod("low").of("batch").priority(Priority.LOW));
        want(pod("high").of("shop").priority(Priority.HIGH));
        assertThat(((Step.Bind) core.next(now).orElseThrow())
                        .choices()
                        .getFirst()
                        .pod()
                        .key())
                .isEqualTo("team/high");
    }

    private PodRequest want(PodFixture pod) {
        PodRequest request = pod.request();
        core.want(request, null, now);
        return request;
    }

    private Step.Wait waits() {
        return (Step.Wait) core.next(now).orElseThrow();
    }

    /** Carries out what can be, and passes over what waits. */
    private List<String> bound() {
        List<String> bound = new ArrayList<>();
        for (Optional<Step> step = core.next(now); step.isPresent(); step = core.next(now)) {
            if (step.get() instanceof Step.Bind bind) {
                for (Step.Choice choice : bind.choices()) {
                    bound.add(
                            choice.pod().key() + "=" + choice.decision().node().orElseThrow());
                }
            }
        }
        return bound;
    }
}
