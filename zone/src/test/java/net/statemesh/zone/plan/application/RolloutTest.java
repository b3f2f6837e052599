// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import net.statemesh.api.Reason;
import net.statemesh.api.application.ReplicaState;
import net.statemesh.api.application.UpdateStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final String OLD = "oldoo";
    private static final String NEW = "newww";
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private int serial;

    @Test
    void firstDeploymentMakesAllReplicasAtOnce() {
        assertThat(Rollout.next(3, UpdateStrategy.ROLLING, NEW, List.of(), RolloutTest::stays))
                .isEqualTo(new Rollout(3, List.of()));
    }

    @Test
    void rollingAddsOneBeforeItEndsOne() {
        List<Replica> old = replicas(3, OLD, ReplicaState.READY);
        assertThat(Rollout.next(3, UpdateStrategy.ROLLING, NEW, old, RolloutTest::stays))
                .isEqualTo(new Rollout(1, List.of()));

        List<Replica> withStarting = with(old, replica(NEW, ReplicaState.STARTING));
        assertThat(Rollout.next(3, UpdateStrategy.ROLLING, NEW, withStarting, RolloutTest::stays))
                .isEqualTo(new Rollout(0, List.of()));

        Rollout next = Rollout.next(
                3, UpdateStrategy.ROLLING, NEW, with(old, replica(NEW, ReplicaState.READY)), RolloutTest::stays);
        assertThat(next.create()).isEqualTo(1);
        assertThat(next.removals()).singleElement().satisfies(removal -> {
            assertThat(removal.replica().revision()).isEqualTo(OLD);
            assertThat(removal.reason()).isEqualTo(Reason.NEW_REVISION);
        });
    }

    @Test
    void crashingNewRevisionLeavesTheOldOneAlone() {
        List<Replica> live = with(replicas(3, OLD, ReplicaState.READY), replica(NEW, ReplicaState.CRASH_LOOPING));
        assertThat(Rollout.next(3, UpdateStrategy.ROLLING, NEW, live, RolloutTest::stays))
                .isEqualTo(new Rollout(0, List.of()));
    }

    @Test
    void brokenOldReplicasMakeRoomForTheRepair() {
        List<Replica> live = with(replicas(3, OLD, ReplicaState.CRASH_LOOPING), replica(NEW, ReplicaState.STARTING));
        Rollout next = Rollout.next(3, UpdateStrategy.ROLLING, NEW, live, RolloutTest::stays);
        assertThat(next.create()).isEqualTo(1);
        assertThat(next.removals()).hasSize(1);
    }

    @Test
    void simultaneousReplacesAllAtOnce() {
        Rollout next = Rollout.next(
                3, UpdateStrategy.SIMULTANEOUS, NEW, replicas(3, OLD, ReplicaState.READY), RolloutTest::stays);
        assertThat(next.create()).isEqualTo(3);
        assertThat(next.removals()).hasSize(3);
    }

    @Test
    void drainedNodeLosesItsReplicasAfterOthersTookOver() {
        Replica leaving = replicaOn("node-1", ReplicaState.READY);
        Replica other = replicaOn("node-2", ReplicaState.READY);
        Rollout first = Rollout.next(
                2, UpdateStrategy.SIMULTANEOUS, NEW, List.of(leaving, other), RolloutTest::isOnDrainedNode);
        assertThat(first).isEqualTo(new Rollout(1, List.of()));
        Rollout waiting = Rollout.next(
                2,
                UpdateStrategy.SIMULTANEOUS,
                NEW,
                List.of(leaving, other, replicaOn("node-3", ReplicaState.STARTING)),
                RolloutTest::isOnDrainedNode);
        assertThat(waiting).isEqualTo(new Rollout(0, List.of()));
        Rollout last = Rollout.next(
                2,
                UpdateStrategy.SIMULTANEOUS,
                NEW,
                List.of(leaving, other, replicaOn("node-3", ReplicaState.READY)),
                RolloutTest::isOnDrainedNode);
        assertThat(last).isEqualTo(new Rollout(0, List.of(new Rollout.Removal(leaving, Reason.NODE_DRAINED))));
    }

    private Replica replicaOn(String node, ReplicaState state) {
        String name = node + "-" + serial++;
        return new Replica(name, name, NEW, node, state, T0.plusSeconds(serial), null, null, 0, null);
    }

    @Test
    void scalingDownMissesLeast() {
        Replica ready1 = new Replica("a", "a", NEW, "node-1", ReplicaState.READY, T0, null, null, 0, null);
        Replica ready2 =
                new Replica("b", "b", NEW, "node-1", ReplicaState.READY, T0.plusSeconds(1), null, null, 0, null);
        Replica alone =
                new Replica("c", "c", NEW, "node-2", ReplicaState.READY, T0.plusSeconds(9), null, null, 0, null);
        Replica unready = new Replica("d", "d", NEW, "node-3", ReplicaState.NOT_READY, T0, null, null, 0, null);
        Replica nowhere = new Replica("e", "e", NEW, null, ReplicaState.PENDING, T0, null, null, 0, null);
        List<Replica> all = List.of(ready1, ready2, alone, unready, nowhere);
        assertThat(Rollout.removable(all, 5)).extracting(Replica::name).containsExactly("e", "d", "b", "c", "a");
        assertThat(Rollout.removable(all, -1)).isEmpty();
    }

    @Test
    void nothingWantedEndsEverything() {
        List<Replica> live = with(replicas(2, OLD, ReplicaState.READY), replica(NEW, ReplicaState.STARTING));
        assertThat(Rollout.next(0, UpdateStrategy.ROLLING, NEW, live, RolloutTest::stays)
                        .removals())
                .hasSize(3);
    }

    /** No step of a rolling update costs a ready replica that is still needed, or makes more than one too many. */
    @Tag("property")
    @Test
    void rollingStepsKeepReadyReplicasFromAnyState() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            int desired = random.nextInt(6);
            List<Replica> live = randomReplicas(random);
            Predicate<Replica> leaving = random.nextBoolean() ? RolloutTest::stays : RolloutTest::isOnDrainedNode;
            Rollout next = Rollout.next(desired, UpdateStrategy.ROLLING, NEW, live, leaving);
            long readyBefore = live.stream().filter(Replica::ready).count();
            List<Replica> after = after(live, next);
            assertThat(after.stream().filter(Replica::ready).count())
                    .as("ready replicas, seed %d: %s -> %s", seed, live, next)
                    .isGreaterThanOrEqualTo(Math.min(desired, readyBefore));
            if (next.create() > 0) {
                assertThat(after.size() + next.create())
                        .as("live replicas, seed %d: %s -> %s", seed, live, next)
                        .isLessThanOrEqualTo(desired + Rollout.SURGE);
            }
            assertThat(next.removals()).as("seed %d", seed).doesNotHaveDuplicates();
        }
    }

    /** Whatever happens on the way (crashes, scaling, another update), quiet at last means exactly what is wanted. */
    @Tag("property")
    @Test
    void rolloutsEndWithExactlyTheWantedReplicas() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            UpdateStrategy strategy = random.nextBoolean() ? UpdateStrategy.ROLLING : UpdateStrategy.SIMULTANEOUS;
            int desired = random.nextInt(8);
            List<Replica> live = randomReplicas(random);
            int steps = 0;
            Rollout next = Rollout.next(desired, strategy, NEW, live, RolloutTest::stays);
            while (next.create() > 0
                    || !next.removals().isEmpty()
                    || live.stream().anyMatch(r -> !r.ready())) {
                live = settle(random, after(live, next), next.create(), steps < 20);
                next = Rollout.next(desired, strategy, NEW, live, RolloutTest::stays);
                assertThat(++steps).as("steps, seed %d: %s", seed, live).isLessThan(400);
            }
            assertThat(live)
                    .as("seed %d", seed)
                    .hasSize(desired)
                    .allSatisfy(replica -> assertThat(replica.revision()).isEqualTo(NEW));
        }
    }

    /** While there is trouble anything may become unready or vanish; afterwards everything becomes ready one by one. */
    private List<Replica> settle(Random random, List<Replica> live, int create, boolean trouble) {
        List<Replica> next = new ArrayList<>();
        for (Replica replica : live) {
            if (trouble && random.nextInt(20) == 0) {
                continue;
            }
            boolean becomesReady = trouble ? random.nextInt(3) > 0 : replica.ready() || random.nextInt(4) > 0;
            next.add(withState(replica, becomesReady ? ReplicaState.READY : ReplicaState.NOT_READY));
        }
        for (int i = 0; i < create; i++) {
            next.add(replica(NEW, ReplicaState.STARTING));
        }
        return next;
    }

    private List<Replica> randomReplicas(Random random) {
        List<Replica> replicas = new ArrayList<>();
        ReplicaState[] states = {
            ReplicaState.READY,
            ReplicaState.READY,
            ReplicaState.NOT_READY,
            ReplicaState.PENDING,
            ReplicaState.CRASH_LOOPING,
            ReplicaState.UNKNOWN
        };
        String[] revisions = {OLD, NEW, "older"};
        for (int i = random.nextInt(9); i > 0; i--) {
            replicas.add(replica(revisions[random.nextInt(3)], states[random.nextInt(states.length)]));
        }
        return replicas;
    }

    /** No node is drained. */
    private static boolean stays(Replica replica) {
        return false;
    }

    private static boolean isOnDrainedNode(Replica replica) {
        return "node-1".equals(replica.node());
    }

    private static List<Replica> after(List<Replica> live, Rollout step) {
        List<Replica> after = new ArrayList<>(live);
        step.removals().forEach(removal -> after.remove(removal.replica()));
        return after;
    }

    private static List<Replica> with(List<Replica> replicas, Replica more) {
        List<Replica> all = new ArrayList<>(replicas);
        all.add(more);
        return all;
    }

    private List<Replica> replicas(int count, String revision, ReplicaState state) {
        List<Replica> replicas = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            replicas.add(replica(revision, state));
        }
        return replicas;
    }

    private Replica replica(String revision, ReplicaState state) {
        String name = revision + "-" + serial++;
        String node = state == ReplicaState.PENDING ? null : "node-" + serial % 3;
        return new Replica(name, name, revision, node, state, T0.plusSeconds(serial), null, null, 0, null);
    }

    private static Replica withState(Replica replica, ReplicaState state) {
        return new Replica(
                replica.name(),
                replica.uid(),
                replica.revision(),
                "node-1",
                state,
                replica.createdAt(),
                null,
                null,
                0,
                null);
    }
}
