// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import static net.statemesh.zone.scheduler.Fixture.ledger;
import static net.statemesh.zone.scheduler.Fixture.node;
import static net.statemesh.zone.scheduler.Fixture.pod;
import static org.assertj.core.api.Assertions.assertThat;

import net.statemesh.api.application.Priority;
import net.statemesh.zone.scheduler.Fixture.PodFixture;
import org.junit.jupiter.api.Test;

class PreemptionTest {
    private static final PodFixture IMPORTANT =
            pod("web").priority(Priority.HIGH).cpu(500);

    @Test
    void fewestOfTheLeastImportantAreEnded() {
        NodeLedger ledger = ledger(
                node("node-1").cpu(1000).with(pod("a").of("shop-a").cpu(900)),
                node("node-2")
                        .cpu(1000)
                        .with(low("b").cpu(300))
                        .with(low("c").cpu(300))
                        .with(low("d").cpu(300)),
                node("node-3").cpu(1000).with(low("e").cpu(500)).with(low("f").cpu(400)));
        Preemption plan = plan(IMPORTANT, ledger);
        assertThat(plan.node()).isEqualTo("node-3");
        assertThat(plan.victims()).extracting(PlacedPod::key).containsExactly("team/e");
    }

    @Test
    void equalOrHigherPriorityIsNeverEnded() {
        NodeLedger ledger = ledger(node("node-1")
                .cpu(1000)
                .with(pod("a").of("a").priority(Priority.HIGH).cpu(900)));
        assertThat(decide(IMPORTANT, ledger).preemption()).isEmpty();
        assertThat(decide(pod("web").cpu(500), ledger).preemption()).isEmpty();
    }

    @Test
    void replicasOfTheSameApplicationAreNeverEnded() {
        NodeLedger ledger = ledger(
                node("node-1").cpu(1000).with(pod("a").priority(Priority.LOW).cpu(900)));
        assertThat(decide(IMPORTANT, ledger).preemption()).isEmpty();
    }

    @Test
    void applicationAtItsFloorIsSparedIfAnotherCanGive() {
        NodeLedger ledger = ledger(
                node("node-1").cpu(1000).with(low("a").of("single").cpu(900)),
                node("node-2").cpu(1000).with(low("b").of("double").cpu(900)),
                node("node-3").cpu(1000).with(low("c").of("double").cpu(900)));
        ledger.floor("team/single", 1);
        ledger.floor("team/double", 1);
        assertThat(plan(IMPORTANT, ledger).victims()).extracting(PlacedPod::key).containsExactly("team/b");
        ledger.evict("uid-b", true);
        assertThat(plan(IMPORTANT, ledger))
                .as("b is on its way out: its room is awaited, nobody else is ended")
                .satisfies(plan -> assertThat(plan.node()).isEqualTo("node-2"))
                .satisfies(plan -> assertThat(plan.victims()).isEmpty());
    }

    @Test
    void floorIsBrokenOnlyWhenThereIsNoOtherWayAndItIsSaid() {
        NodeLedger ledger =
                ledger(node("node-1").cpu(1000).with(low("a").of("single").cpu(900)));
        ledger.floor("team/single", 1);
        assertThat(plan(IMPORTANT, ledger).belowFloor()).isOne();
    }

    @Test
    void victimsOnOneNodeAreTakenFromApplicationsThatCanSpareThem() {
        NodeLedger ledger = ledger(
                node("node-1")
                        .cpu(1000)
                        .with(low("a-1").of("alpha").cpu(300))
                        .with(low("a-2").of("alpha").cpu(300))
                        .with(low("b-1").of("beta").cpu(300)),
                node("node-2").cpu(100).with(low("b-2").of("beta").cpu(100)));
        ledger.floor("team/alpha", 1);
        ledger.floor("team/beta", 1);
        Preemption plan = plan(IMPORTANT, ledger);
        assertThat(plan.belowFloor()).isZero();
        assertThat(plan.victims()).extracting(PlacedPod::application).containsExactly("team/alpha", "team/beta");
    }

    @Test
    void promisedRoomIsNotGivenToOthersUnlessTheyAreMoreImportant() {
        NodeLedger ledger = ledger(node("node-1").cpu(1000));
        ledger.nominate(IMPORTANT.request(), "node-1");
        assertThat(decide(pod("other").of("other").cpu(600), ledger).node()).isEmpty();
        assertThat(decide(pod("other").of("other").cpu(500), ledger).node()).isPresent();
        assertThat(decide(IMPORTANT, ledger).node()).contains("node-1");
        ledger.assume(IMPORTANT.request(), "node-1");
        assertThat(ledger.nomination("uid-web")).isEmpty();
    }

    private static PodFixture low(String name) {
        return pod(name).of("batch").priority(Priority.LOW);
    }

    private static Preemption plan(PodFixture pod, NodeLedger ledger) {
        return decide(pod, ledger).preemption().orElseThrow();
    }

    private static Decision decide(PodFixture pod, NodeLedger ledger) {
        return Scheduler.decide(pod.request(), ledger);
    }
}
