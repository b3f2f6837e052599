// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.statemesh.api.Labels;
import net.statemesh.api.project.Profile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NodeLedgerTest {
    private final NodeLedger ledger = new NodeLedger();

    @Test
    void assumedPodTakesRoomAtOnceAndOnlyOnceWhenItIsConfirmed() {
        ledger.putNode(node("node-1"));
        Pod pod = pod("a", null, 300);
        ledger.assume(pod, "node-1");
        assertThat(free("node-1")).isEqualTo(700);
        ledger.putPod(pod("a", "node-1", 300));
        assertThat(free("node-1")).isEqualTo(700);
        assertThat(ledger.removePod("a")).isTrue();
        assertThat(free("node-1")).isEqualTo(1000);
    }

    @Test
    void staleNewsOfAnAssumedPodDoesNotFreeItsRoom() {
        ledger.putNode(node("node-1"));
        ledger.assume(pod("a", null, 300), "node-1");
        ledger.putPod(pod("a", null, 300));
        assertThat(free("node-1")).isEqualTo(700);
    }

    @Test
    void endedPodMakesRoom() {
        ledger.putNode(node("node-1"));
        ledger.putPod(pod("a", "node-1", 300));
        Pod ended = new PodBuilder(pod("a", "node-1", 300))
                .withNewStatus()
                .withPhase("Succeeded")
                .endStatus()
                .build();
        assertThat(ledger.putPod(ended)).isTrue();
        assertThat(free("node-1")).isEqualTo(1000);
    }

    @Test
    void podsMayBeKnownBeforeTheirNode() {
        ledger.putPod(pod("a", "node-1", 300));
        assertThat(ledger.nodes()).isEmpty();
        ledger.putNode(node("node-1"));
        assertThat(free("node-1")).isEqualTo(700);
    }

    @Test
    void heartbeatChangesNothingThatMatters() {
        assertThat(ledger.putNode(node("node-1"))).isTrue();
        Node heartbeat = new NodeBuilder(node("node-1"))
                .editStatus()
                .editFirstCondition()
                .withLastHeartbeatTime("2026-01-01T00:00:10Z")
                .endCondition()
                .endStatus()
                .build();
        assertThat(ledger.putNode(heartbeat)).isFalse();
    }

    @Tag("property")
    @Test
    void schedulingNeverBooksMoreThanANodeHasAndTheLedgerAddsUp() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            NodeLedger zone = new NodeLedger();
            for (int i = 0; i < 3; i++) {
                zone.putNode(node("node-" + i));
            }
            Map<String, Pod> placed = new HashMap<>();
            for (int step = 0; step < 60; step++) {
                act(random, zone, placed, step);
                long booked = placed.values().stream()
                        .mapToLong(pod -> PodRequest.reserved(pod).cpuMillis())
                        .sum();
                long reserved = zone.nodes().stream()
                        .mapToLong(node -> node.reserved().cpuMillis())
                        .sum();
                assertThat(reserved).as("seed %d step %d", seed, step).isEqualTo(booked);
                assertThat(zone.nodes())
                        .as("seed %d step %d", seed, step)
                        .allSatisfy(node -> assertThat(node.free().cpuMillis()).isNotNegative());
            }
        }
    }

    private static void act(Random random, NodeLedger zone, Map<String, Pod> placed, int step) {
        if (random.nextInt(3) > 0) {
            Pod pod = pod("pod-" + step, null, 50 + random.nextInt(400));
            Scheduler.standard()
                    .decide(PodRequest.of(pod, Profile.CLOUD), zone.nodes())
                    .node()
                    .ifPresent(node -> {
                        zone.assume(pod, node);
                        placed.put(pod.getMetadata().getUid(), pod);
                        if (random.nextBoolean()) {
                            pod.getSpec().setNodeName(node);
                            zone.putPod(pod);
                        }
                    });
        } else if (!placed.isEmpty()) {
            String uid = placed.keySet().iterator().next();
            placed.remove(uid);
            zone.removePod(uid);
        }
    }

    private long free(String node) {
        return ledger.nodes().stream()
                .filter(state -> state.name().equals(node))
                .findFirst()
                .orElseThrow()
                .free()
                .cpuMillis();
    }

    private static Node node(String name) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .addToAllocatable("cpu", new Quantity("1"))
                .addToAllocatable("memory", new Quantity("1Gi"))
                .addToAllocatable("pods", new Quantity("10"))
                .endStatus()
                .build();
    }

    private static Pod pod(String uid, String node, long cpuMillis) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("team")
                .withName(uid)
                .withUid(uid)
                .addToLabels(Labels.APPLICATION, "shop")
                .endMetadata()
                .withNewSpec()
                .withNodeName(node)
                .addNewContainer()
                .withName("web")
                .withNewResources()
                .addToRequests("cpu", new Quantity(cpuMillis + "m"))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }
}
