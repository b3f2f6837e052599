// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import net.statemesh.api.Labels;
import net.statemesh.api.application.Domain;
import net.statemesh.api.project.Profile;
import org.junit.jupiter.api.Test;

class NodeLedgerTest {
    private final NodeLedger ledger = new NodeLedger();

    @Test
    void assumedPodTakesRoomAtOnceAndOnlyOnceWhenItIsConfirmed() {
        ledger.putNode(node("node-1"));
        Pod pod = pod("a", null, 300);
        ledger.assume(request(pod), "node-1");
        assertThat(free("node-1")).isEqualTo(700);
        ledger.putPod(pod("a", "node-1", 300));
        assertThat(free("node-1")).isEqualTo(700);
        assertThat(ledger.removePod("a")).contains("node-1");
        assertThat(free("node-1")).isEqualTo(1000);
    }

    @Test
    void staleNewsOfAnAssumedPodDoesNotFreeItsRoom() {
        ledger.putNode(node("node-1"));
        ledger.assume(request(pod("a", null, 300)), "node-1");
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
        assertThat(ledger.putPod(ended)).contains("node-1");
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

    @Test
    void ownNodesOfAProjectAreSeenFromTheMomentTheyAreKeptForIt() {
        NodeLedger zone = new NodeLedger();
        Fixture.node("node-1").in(zone);
        PodRequest mine = Fixture.pod("web").profile(Profile.MYNODE).request();
        assertThat(Scheduler.decide(mine, zone).node()).isEmpty();
        Fixture.node("node-1").label(Labels.NODE_PROJECT, "team").in(zone);
        assertThat(Scheduler.decide(mine, zone).node()).contains("node-1");
        Fixture.node("node-1").label(Labels.NODE_PROJECT, "rivals").in(zone);
        assertThat(Scheduler.decide(mine, zone).node()).isEmpty();
    }

    @Test
    void podsStayCountedInTheDomainsOfANodeThatChangesItsLabels() {
        NodeLedger zone = Fixture.ledger(Fixture.node("node-1").operator("acme").with(Fixture.pod("a")));
        Fixture.node("node-1").operator("bolt").in(zone);
        assertThat(zone.applications().replicas("team/shop", Domain.OPERATOR)).containsOnly(Map.entry("bolt", 1));
        zone.removeNode("node-1");
        assertThat(zone.applications().replicas("team/shop", Domain.OPERATOR)).isEmpty();
        assertThat(zone.removePod("uid-a")).contains("node-1");
        assertThat(zone.fingerprint()).isEqualTo(new NodeLedger().fingerprint());
    }

    private static PodRequest request(Pod pod) {
        return PodRequest.of(pod, Profile.CLOUD);
    }

    private long free(String node) {
        return ledger.node(node).orElseThrow().free().cpuMillis();
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
