// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.statemesh.api.Labels;
import net.statemesh.api.project.Profile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final long GIB = 1L << 30;

    private final Scheduler scheduler = Scheduler.standard();

    @Test
    void noCapacitySaysWhatIsMissingAndHowNearTheBestNodeComes() {
        List<NodeState> nodes = List.of(
                node("node-1").cpuFree(200).build(), node("node-2").cpuFree(100).build());
        Decision decision = scheduler.decide(pod().cpu(500).build(), nodes);
        assertThat(decision.node()).isEmpty();
        assertThat(decision.summary()).isEqualTo("0 of 2 nodes fit: 2 lack 500m CPU (largest free 200m on node-1)");
    }

    @Test
    void everyRefusalIsCountedWithItsReason() {
        List<NodeState> nodes = List.of(
                node("node-1").cordonedBy("alice").build(),
                node("node-2").notReady().build(),
                node("node-3").taint("gpu", "NoSchedule").build(),
                node("node-4").build(),
                node("node-5").shortOf("memory").shortOf("disk").build());
        Decision decision = scheduler.decide(pod().build(), nodes);
        assertThat(decision.node()).contains("node-4");
        assertThat(decision.summary())
                .isEqualTo("1 of 5 nodes fit; chose node-4: 1 is cordoned by alice, 1 is not ready,"
                        + " 1 is short of disk and memory, 1 is tainted gpu:NoSchedule");
    }

    @Test
    void replicasOfOneApplicationAreSpread() {
        List<NodeState> nodes = List.of(
                node("node-1").replicas("team/shop", 1).build(),
                node("node-2").cpuFree(1000).build(),
                node("node-3").replicas("team/shop", 2).build());
        assertThat(scheduler.decide(pod().build(), nodes).node()).contains("node-2");
    }

    @Test
    void amongEqualsTheLeastLoadedWinsThenTheName() {
        List<NodeState> loaded =
                List.of(node("node-1").cpuFree(1000).build(), node("node-2").build());
        assertThat(scheduler.decide(pod().build(), loaded).node()).contains("node-2");
        List<NodeState> equal = List.of(node("node-2").build(), node("node-1").build());
        assertThat(scheduler.decide(pod().build(), equal).node()).contains("node-1");
    }

    @Test
    void tolerationsOpenTaintedNodes() {
        NodeState tainted = node("node-1").taint("gpu", "NoSchedule").build();
        assertThat(scheduler
                        .decide(
                                pod().toleration(new Toleration("NoSchedule", "gpu", "Exists", null, null))
                                        .build(),
                                List.of(tainted))
                        .node())
                .isPresent();
        assertThat(scheduler
                        .decide(
                                pod().toleration(new Toleration(null, null, "Exists", null, null))
                                        .build(),
                                List.of(tainted))
                        .node())
                .isPresent();
        assertThat(scheduler
                        .decide(
                                pod().toleration(new Toleration(null, "other", "Exists", null, null))
                                        .build(),
                                List.of(tainted))
                        .node())
                .isEmpty();
    }

    @Test
    void requirementsAreNamedInTheWordsOfThePlatform() {
        NodeState plain = node("node-1").build();
        Decision decision = scheduler.decide(
                pod().selector("cpu.statemesh.net/avx2", "true")
                        .expression(Labels.NODE_CLASS, "In", "bare-metal", "datacenter")
                        .expression(Labels.NODE_GPU, "Gt", "0")
                        .build(),
                List.of(plain));
        assertThat(decision.summary())
                .contains("lacks CPU feature avx2")
                .contains("lacks class bare-metal or datacenter, GPUs above 0");
    }

    @Test
    void gpuCountsAreComparedAsNumbers() {
        PodRequest two = pod().expression(Labels.NODE_GPU, "Gt", "9").build();
        assertThat(scheduler
                        .decide(
                                two,
                                List.of(node("node-1")
                                        .label(Labels.NODE_GPU, "10")
                                        .build()))
                        .node())
                .isPresent();
        assertThat(scheduler
                        .decide(
                                two,
                                List.of(node("node-1")
                                        .label(Labels.NODE_GPU, "9")
                                        .build()))
                        .node())
                .isEmpty();
        assertThat(scheduler
                        .decide(
                                two,
                                List.of(node("node-1")
                                        .label(Labels.NODE_GPU, "many")
                                        .build()))
                        .node())
                .isEmpty();
    }

    @Test
    void nodesKeptForAProjectTakeOnlyItsPods() {
        NodeState own = node("node-1").label(Labels.NODE_PROJECT, "team").build();
        NodeState others = node("node-2").label(Labels.NODE_PROJECT, "rivals").build();
        NodeState open = node("node-3").build();
        List<NodeState> nodes = List.of(own, others, open);
        assertThat(fitting(pod().profile(Profile.MYNODE).build(), nodes)).containsExactly("node-1");
        assertThat(fitting(pod().profile(Profile.HYBRID).build(), nodes)).containsExactly("node-1", "node-3");
        assertThat(fitting(pod().profile(Profile.CLOUD).build(), nodes)).containsExactly("node-1", "node-3");
        assertThat(fitting(pod().profile(Profile.HPC).build(), nodes)).containsExactly("node-1");
    }

    @Tag("property")
    @Test
    void orderOfFiltersAndNodesMeansNothing() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<NodeState> nodes = randomNodes(random);
            PodRequest pod = randomPod(random);
            List<Filter> filters = new ArrayList<>(Filter.ALL);
            Collections.shuffle(filters, random);
            List<NodeState> shuffled = new ArrayList<>(nodes);
            Collections.shuffle(shuffled, random);
            assertThat(new Scheduler(filters, Score.ALL).decide(pod, shuffled))
                    .as("seed %d", seed)
                    .isEqualTo(scheduler.decide(pod, nodes));
        }
    }

    @Tag("property")
    @Test
    void chosenNodesHaveRoomAndNobodyFitsWhenNoneIsChosen() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<NodeState> nodes = randomNodes(random);
            PodRequest pod = randomPod(random);
            Decision decision = scheduler.decide(pod, nodes);
            assertThat(decision.verdicts()).as("seed %d", seed).hasSameSizeAs(nodes);
            for (NodeState node : nodes) {
                boolean room = node.ready()
                        && !node.cordoned()
                        && pod.resources().cpuMillis() <= node.free().cpuMillis()
                        && pod.resources().memoryBytes() <= node.free().memoryBytes()
                        && node.free().pods() >= 1;
                if (decision.node().filter(node.name()::equals).isPresent()) {
                    assertThat(room).as("seed %d: %s", seed, decision).isTrue();
                }
                if (decision.node().isEmpty()) {
                    assertThat(room).as("seed %d: %s", seed, decision).isFalse();
                }
            }
        }
    }

    private List<String> fitting(PodRequest pod, List<NodeState> nodes) {
        return scheduler.decide(pod, nodes).verdicts().stream()
                .filter(Verdict::fits)
                .map(Verdict::node)
                .toList();
    }

    private static List<NodeState> randomNodes(Random random) {
        List<NodeState> nodes = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            NodeFixture node = node("node-" + i).cpuFree(random.nextInt(2000));
            if (random.nextInt(5) == 0) {
                node.notReady();
            }
            if (random.nextInt(5) == 0) {
                node.cordonedBy("alice");
            }
            node.replicas("team/shop", random.nextInt(3));
            nodes.add(node.build());
        }
        return nodes;
    }

    private static PodRequest randomPod(Random random) {
        return pod().cpu(random.nextInt(2500)).build();
    }

    private static NodeFixture node(String name) {
        return new NodeFixture(name);
    }

    private static PodFixture pod() {
        return new PodFixture();
    }

    private static final class NodeFixture {
        private final Set<String> pressures = new HashSet<>();
        private final String name;
        private final Map<String, String> labels = new HashMap<>();
        private final Map<String, Integer> replicas = new HashMap<>();
        private final List<Taint> taints = new ArrayList<>();
        private boolean ready = true;
        private String cordonedBy;
        private long cpuFree = 2000;

        NodeFixture(String name) {
            this.name = name;
        }

        NodeFixture cpuFree(long millis) {
            cpuFree = millis;
            return this;
        }

        NodeFixture notReady() {
            ready = false;
            return this;
        }

        NodeFixture cordonedBy(String who) {
            cordonedBy = who;
            return this;
        }

        NodeFixture taint(String key, String effect) {
            taints.add(new Taint(effect, key, null, null));
            return this;
        }

        NodeFixture label(String key, String value) {
            labels.put(key, value);
            return this;
        }

        NodeFixture shortOf(String what) {
            pressures.add(what);
            return this;
        }

        NodeFixture replicas(String application, int count) {
            replicas.put(application, count);
            return this;
        }

        NodeState build() {
            return new NodeState(
                    name,
                    Map.copyOf(labels),
                    ready,
                    Set.copyOf(pressures),
                    cordonedBy != null,
                    cordonedBy == null ? "" : cordonedBy,
                    List.copyOf(taints),
                    new Resources(2000, 4 * GIB, 100),
                    new Resources(2000 - cpuFree, 0, 0),
                    Map.copyOf(replicas),
                    Set.of());
        }
    }

    private static final class PodFixture {
        private final Map<String, String> selector = new HashMap<>();
        private final List<NodeSelectorRequirement> expressions = new ArrayList<>();
        private final List<Toleration> tolerations = new ArrayList<>();
        private long cpuMillis = 100;
        private Profile profile = Profile.CLOUD;

        PodFixture cpu(long millis) {
            cpuMillis = millis;
            return this;
        }

        PodFixture profile(Profile value) {
            profile = value;
            return this;
        }

        PodFixture selector(String key, String value) {
            selector.put(key, value);
            return this;
        }

        PodFixture toleration(Toleration toleration) {
            tolerations.add(toleration);
            return this;
        }

        PodFixture expression(String key, String operator, String... values) {
            expressions.add(new NodeSelectorRequirement(key, operator, List.of(values)));
            return this;
        }

        PodRequest build() {
            return new PodRequest(
                    "team",
                    profile,
                    "team/shop",
                    new Resources(cpuMillis, GIB / 4, 1),
                    Map.copyOf(selector),
                    expressions.isEmpty()
                            ? List.of()
                            : List.of(new NodeSelectorTermBuilder()
                                    .withMatchExpressions(expressions)
                                    .build()),
                    List.copyOf(tolerations),
                    List.of("shop:1"));
        }
    }
}
