// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import static net.statemesh.zone.scheduler.Fixture.ledger;
import static net.statemesh.zone.scheduler.Fixture.node;
import static net.statemesh.zone.scheduler.Fixture.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import net.statemesh.api.Labels;
import net.statemesh.api.application.Domain;
import net.statemesh.api.project.Profile;
import net.statemesh.zone.scheduler.Fixture.NodeFixture;
import net.statemesh.zone.scheduler.Fixture.PodFixture;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    @Test
    void noCapacitySaysWhatIsMissingAndHowNearTheBestNodeComes() {
        Decision decision = decide(
                pod("web").cpu(500), node("node-1").cpu(200), node("node-2").cpu(100));
        assertThat(decision.node()).isEmpty();
        assertThat(decision.summary()).isEqualTo("0 of 2 nodes fit: 2 lack 500m CPU (largest free 200m on node-1)");
        assertThat(decision.advice()).containsExactly("needs 300m CPU more on any node (node-1 comes nearest)");
    }

    @Test
    void everyRefusalIsCountedWithItsReason() {
        Decision decision = decide(
                pod("web"),
                node("node-1").cordonedBy("alice"),
                node("node-2").notReady(),
                node("node-3").taint("gpu", "NoSchedule"),
                node("node-4"),
                node("node-5").shortOf("memory").shortOf("disk"));
        assertThat(decision.node()).contains("node-4");
        assertThat(decision.summary())
                .isEqualTo("1 of 5 nodes fit; chose node-4: 1 is cordoned by alice, 1 is not ready,"
                        + " 1 is short of disk and memory, 1 is tainted gpu:NoSchedule");
    }

    @Test
    void everyNodeOfASmallZoneIsToldAboutOneByOne() {
        Decision decision =
                decide(pod("web").cpu(500), node("node-1").cordonedBy("alice").cpu(200), node("node-2"));
        assertThat(decision.verdicts())
                .extracting(
                        Verdict::node,
                        verdict ->
                                verdict.refusals().stream().map(Refusal::filter).toList())
                .containsExactly(tuple("node-2", List.of()), tuple("node-1", List.of("Cordon", "Cpu")));
        assertThat(decision.verdicts().getFirst().scores()).containsOnlyKeys("Spread", "LeastLoaded", "ImageLocality");
    }

    @Test
    void replicasOfOneApplicationAreSpread() {
        assertThat(decide(
                                pod("web"),
                                node("node-1").with(pod("a")),
                                node("node-2").cpu(1000),
                                node("node-3").with(pod("b")).with(pod("c")))
                        .node())
                .contains("node-2");
    }

    @Test
    void amongEqualsTheLeastLoadedWinsThenTheName() {
        NodeFixture loaded = node("node-1").with(pod("a").of("other").cpu(1000));
        assertThat(decide(pod("web"), loaded, node("node-2")).node()).contains("node-2");
        assertThat(decide(pod("web"), node("node-2"), node("node-1")).node()).contains("node-1");
    }

    @Test
    void machinesForComputingAreFilledOneByOne() {
        NodeFixture empty = node("node-1").label(Labels.NODE_PROFILE, "HPC");
        NodeFixture used = node("node-2").label(Labels.NODE_PROFILE, "HPC").with(pod("a").cpu(500));
        NodeFixture full = node("node-3").label(Labels.NODE_PROFILE, "HPC").with(pod("b").cpu(1800));
        Decision decision = decide(pod("web").profile(Profile.HPC).cpu(500), empty, used, full);
        assertThat(decision.node()).contains("node-2");
    }

    @Test
    void tolerationsOpenTaintedNodes() {
        NodeFixture tainted = node("node-1").taint("gpu", "NoSchedule");
        assertThat(decide(pod("web").toleration(new Toleration("NoSchedule", "gpu", "Exists", null, null)), tainted)
                        .node())
                .isPresent();
        assertThat(decide(pod("web").toleration(new Toleration(null, null, "Exists", null, null)), tainted)
                        .node())
                .isPresent();
        assertThat(decide(pod("web").toleration(new Toleration(null, "other", "Exists", null, null)), tainted)
                        .node())
                .isEmpty();
    }

    @Test
    void requirementsAreNamedInTheWordsOfThePlatform() {
        Decision decision = decide(
                pod("web")
                        .selector("cpu.statemesh.net/avx2", "true")
                        .expression(Labels.NODE_CLASS, "In", "bare-metal", "datacenter")
                        .expression(Labels.NODE_GPU, "Gt", "0"),
                node("node-1"));
        assertThat(decision.summary())
                .contains("lacks CPU feature avx2")
                .contains("lacks class bare-metal or datacenter, a GPU");
        assertThat(decision.advice()).contains("no node has CPU feature avx2");
    }

    @Test
    void gpusAreCountedNotOnlyLookedFor() {
        NodeFixture two = node("node-1").gpus(2).with(pod("a").of("train").gpus(1));
        assertThat(decide(pod("web").gpus(1), two).node()).isPresent();
        Decision second = decide(pod("web").gpus(2), two);
        assertThat(second.summary()).isEqualTo("0 of 1 nodes fit: 1 lacks 2 free GPU (largest free 1 on node-1)");
        assertThat(decide(pod("web").gpus(1), node("node-2")).advice()).containsExactly("no node has a GPU");
    }

    @Test
    void gpuCountsAreComparedAsNumbers() {
        PodFixture many = pod("web").expression(Labels.NODE_GPU, "Gt", "9");
        assertThat(decide(many, node("node-1").label(Labels.NODE_GPU, "10")).node())
                .isPresent();
        assertThat(decide(many, node("node-1").label(Labels.NODE_GPU, "9")).node())
                .isEmpty();
        assertThat(decide(many, node("node-1").label(Labels.NODE_GPU, "many")).node())
                .isEmpty();
    }

    @Test
    void nodesKeptForAProjectTakeOnlyItsPods() {
        NodeFixture[] nodes = {
            node("node-1").label(Labels.NODE_PROJECT, "team"),
            node("node-2").label(Labels.NODE_PROJECT, "rivals"),
            node("node-3")
        };
        assertThat(fitting(pod("web").profile(Profile.MYNODE), nodes)).containsExactly("node-1");
        assertThat(fitting(pod("web").profile(Profile.HYBRID), nodes)).containsExactly("node-1", "node-3");
        assertThat(fitting(pod("web").profile(Profile.CLOUD), nodes)).containsExactly("node-1", "node-3");
        assertThat(fitting(pod("web").profile(Profile.HPC), nodes)).containsExactly("node-1");
        assertThat(fitting(pod("web").project("others"), nodes)).containsExactly("node-3");
    }

    @Test
    void replicasAreSpreadOverOperatorsAndWaitRatherThanBreakTheRule() {
        NodeFixture[] nodes = {
            node("node-1").operator("acme").with(pod("a")),
            node("node-2").operator("acme"),
            node("node-3").operator("bolt").cpu(50),
            node("node-4")
        };
        Decision decision = decide(pod("web").spread(Domain.OPERATOR, 1), nodes);
        assertThat(decision.node()).isEmpty();
        assertThat(decision.summary())
                .isEqualTo("0 of 4 nodes fit: 2 are ahead in the spread over operators by maxSkew 1,"
                        + " 1 lacks 100m CPU (largest free 50m on node-3),"
                        + " 1 lacks the label statemesh.net/operator to spread over");
        assertThat(decision.advice())
                .contains(
                        "needs 50m CPU more on node-3",
                        "needs room in a domain with fewer replicas, or a larger maxSkew");
        assertThat(decide(pod("web").spread(Domain.OPERATOR, 2), nodes).node()).contains("node-2");
    }

    @Test
    void domainsThatThePodCannotUseDoNotHoldItBack() {
        Decision decision = decide(
                pod("web").spread(Domain.OPERATOR, 1).selector("disk", "fast"),
                node("node-1").operator("acme").label("disk", "fast").with(pod("a")),
                node("node-2").operator("bolt"));
        assertThat(decision.node()).contains("node-1");
    }

    @Test
    void applicationsAreKeptNearAndApartBothWays() {
        NodeFixture db =
                node("node-1").operator("acme").with(pod("db-1").of("db").apart("batch", Domain.NODE));
        NodeFixture same = node("node-2").operator("acme");
        NodeFixture other = node("node-3").operator("bolt");
        assertThat(fitting(pod("web").near("db", Domain.NODE), db, same, other)).containsExactly("node-1");
        assertThat(fitting(pod("web").near("db", Domain.OPERATOR), db, same, other))
                .containsExactly("node-1", "node-2");
        assertThat(fitting(pod("web").apart("db", Domain.OPERATOR), db, same, other))
                .containsExactly("node-3");
        assertThat(fitting(pod("job").of("batch"), db, same, other)).containsExactly("node-2", "node-3");
        assertThat(decide(pod("web").near("cache", Domain.ZONE), db, other).summary())
                .isEqualTo("0 of 2 nodes fit: 2 lack a replica of cache in the same zone");
    }

    @Test
    void firstReplicaThatWantsToBeNearItselfMayGoAnywhere() {
        assertThat(decide(pod("web").near("shop", Domain.NODE), node("node-1")).node())
                .isPresent();
        assertThat(fitting(
                        pod("web").near("shop", Domain.NODE),
                        node("node-1"),
                        node("node-2").with(pod("a"))))
                .containsExactly("node-2");
    }

    @Test
    void adviceNamesTheNodeThatOneChangeWouldOpen() {
        assertThat(decide(
                                pod("web"),
                                node("node-1").cordonedBy("alice"),
                                node("node-2").cpu(10))
                        .advice())
                .containsExactly("needs 90m CPU more on node-2", "node-1 would fit if it were not cordoned by alice");
        assertThat(decide(pod("web")).advice()).containsExactly("the zone has no node: add one");
    }

    @Test
    void enoughNodesAreEnoughAndTheDecisionSaysSo() {
        NodeLedger ledger = new NodeLedger();
        for (int i = 0; i < 1000; i++) {
            node("node-" + i).in(ledger);
        }
        Decision decision = Scheduler.decide(pod("web").request(), ledger);
        assertThat(decision.looked()).isEqualTo(Search.ENOUGH);
        assertThat(decision.verdicts()).hasSize(Decision.MAX_BEST);
        assertThat(decision.summary())
                .isEqualTo("100 of 100 nodes fit (enough to choose from, 900 more not looked at); chose node-0");
    }

    @Test
    void rulesThatAreNotUnderstoodAreToldAndNotBroken() {
        PodRequest plain = pod("web").request();
        PodRequest odd = new PodRequest(
                plain.uid(),
                plain.key(),
                new Demands(
                        "team", Profile.CLOUD, Map.of(), List.of(), List.of(), List.of("topology spread over rack")),
                plain.application(),
                plain.resources(),
                0,
                plain.policy(),
                plain.images(),
                List.of(),
                List.of(),
                List.of(),
                null);
        assertThat(Scheduler.decide(odd, ledger(node("node-1"))).summary())
                .contains("this scheduler does not know topology spread over rack");
    }

    private static List<String> fitting(PodFixture pod, NodeFixture... nodes) {
        return decide(pod, nodes).verdicts().stream()
                .filter(Verdict::fits)
                .map(Verdict::node)
                .sorted()
                .toList();
    }

    private static Decision decide(PodFixture pod, NodeFixture... nodes) {
        return Scheduler.decide(pod.request(), ledger(nodes));
    }
}
