// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import static net.statemesh.zone.TestZone.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.statemesh.api.Condition;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Phase;
import org.junit.jupiter.api.Test;

/** Masters, replicas and nodes that go away; every test has a project of its own. */
class MasterDeathTest extends MasterFixture {
    @Test
    void masterKilledInTheMiddleOfAnUpdateIsContinuedByTheNext() {
        zone.deploy(project, "shop", web("shop:1").replicas(4).build());
        awaitPhase("shop", Phase.SERVING);
        zone.change(
                project,
                "shop",
                spec -> spec.toBuilder()
                        .containers(List.of(container("shop:2")))
                        .build());
        await().until(() -> images().contains("shop:2"));
        zone.killMaster();
        List<String> whileAway = images();
        assertThat(whileAway).contains("shop:1");
        zone.startMaster();
        await().untilAsserted(() -> assertThat(images()).containsExactly("shop:2", "shop:2", "shop:2", "shop:2"));
        awaitPhase("shop", Phase.SERVING);
    }

    @Test
    void restartedMasterTouchesNothingThatServes() {
        zone.deploy(project, "shop", web("shop:1").replicas(3).build());
        awaitPhase("shop", Phase.SERVING);
        Set<String> before = podNames();
        zone.killMaster();
        zone.startMaster();
        zone.deploy(project, "other", web("other:1").build());
        awaitPhase("other", Phase.SERVING);
        assertThat(podNames()).containsAll(before);
    }

    @Test
    void endedReplicaIsReplaced() {
        zone.deploy(project, "shop", web("shop:1").replicas(2).build());
        awaitPhase("shop", Phase.SERVING);
        Pod victim = zone.pods(project).getFirst();
        zone.admin().resource(victim).delete();
        await().untilAsserted(() -> assertThat(podNames())
                .hasSize(2)
                .doesNotContain(victim.getMetadata().getName()));
        awaitPhase("shop", Phase.SERVING);
    }

    @Test
    void replicasOfARemovedNodeMoveAndReplicasThatFitNowhereWaitForANode() {
        zone.addNode("spare", "8");
        zone.deploy(project, "big", sized("6").build());
        awaitPhase("big", Phase.SERVING);
        zone.kubelet().die("spare");
        zone.admin().nodes().withName("spare").delete();
        Condition waiting = awaitServingReason("big", Reason.UNSCHEDULABLE);
        assertThat(waiting.message()).contains("0 of 3 nodes fit", "lack 6 CPU", "largest free");
        assertThat(zone.application(project, "big").getStatus().phase()).isEqualTo(Phase.PENDING);
        await().untilAsserted(() -> assertThat(reasons()).contains(Reason.NODE_GONE, Reason.UNSCHEDULABLE));
        zone.addNode("spare-2", "8");
        awaitPhase("big", Phase.SERVING);
        zone.admin().nodes().withName("spare-2").delete();
    }

    @Test
    void podsOfARemovedNodeEndThoughNobodyOwnsThem() {
        zone.addNode("doomed", "1");
        zone.kubelet().die("doomed");
        zone.admin()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(project)
                        .withName("bare")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("doomed")
                        .addNewContainer()
                        .withName("main")
                        .withImage("bare:1")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        zone.admin().nodes().withName("doomed").delete();
        zone.admin().resource(zone.project(project)).delete();
        await().atMost(Duration.ofSeconds(110))
                .untilAsserted(() -> assertThat(zone.project(project)).isNull());
        assertThat(zone.pods(project)).isEmpty();
    }
}
