// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import static net.statemesh.zone.TestZone.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.statemesh.api.Annotations;
import net.statemesh.api.Condition;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Reason;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Phase;
import net.statemesh.api.application.ReleaseState;
import net.statemesh.api.application.ReplicaStatus;
import net.statemesh.api.application.UpdateStrategy;
import org.junit.jupiter.api.Test;

/** The master as a client of a real API server; every test has a project of its own. */
class MasterTest extends MasterFixture {
    @Test
    void deploymentServesUnderItsUrlOnDifferentNodes() {
        zone.deploy(project, "shop", web("shop:1").replicas(3).build());
        Application shop = awaitPhase("shop", Phase.SERVING);
        assertThat(shop.getStatus().id()).matches("[a-z0-9]{5}");
        assertThat(shop.getStatus().urls())
                .containsExactly("https://shop-" + shop.getStatus().id() + ".local-1.statemesh.localhost:8443");
        assertThat(shop.getStatus().replicaStatuses())
                .extracting(ReplicaStatus::node)
                .containsExactlyInAnyOrder("node-1", "node-2", "node-3");
        assertThat(zone.pods(project))
                .allSatisfy(pod -> assertThat(pod.getMetadata().getAnnotations().get(Annotations.DECISION))
                        .contains("\"node\":\"" + pod.getSpec().getNodeName() + "\"", "Spread"));
        await().untilAsserted(() -> assertThat(reasons()).contains(Reason.REPLICA_CREATED, Reason.SCHEDULED));
    }

    @Test
    void rollingUpdateNeverHasFewerReadyReplicasThanWanted() {
        zone.deploy(project, "shop", web("shop:1").replicas(3).build());
        String first = awaitPhase("shop", Phase.SERVING).getStatus().revision();
        try (ReadyCount ready = new ReadyCount(zone.admin(), project)) {
            zone.change(
                    project,
                    "shop",
                    spec -> spec.toBuilder()
                            .containers(List.of(container("shop:2")))
                            .build());
            await().until(() -> {
                ApplicationStatus status = zone.application(project, "shop").getStatus();
                return status.phase() == Phase.SERVING && !first.equals(status.revision());
            });
            assertThat(ready.lowest()).isGreaterThanOrEqualTo(3);
            assertThat(ready.mostLive()).isLessThanOrEqualTo(4);
        }
        await().untilAsserted(() -> assertThat(images()).containsExactly("shop:2", "shop:2", "shop:2"));
        await().untilAsserted(() -> assertThat(reasons()).contains(Reason.NEW_REVISION));
    }

    @Test
    void newVersionThatCrashesGivesWayToTheOldOneThatNeverStoppedServing() {
        zone.deploy(project, "shop", web("shop:1").replicas(2).build());
        awaitPhase("shop", Phase.SERVING);
        Set<String> before = podNames();
        zone.change(
                project,
                "shop",
                spec -> spec.toBuilder()
                        .containers(List.of(container("crash:2")))
                        .build());
        await().untilAsserted(() -> assertThat(
                        condition(project, "shop", ConditionTypes.ROLLED_BACK).message())
                .contains("release 2 gave way to release 1", "exited with code 1", "cannot open /data"));
        awaitPhase("shop", Phase.SERVING);
        await().untilAsserted(() -> assertThat(images()).containsExactly("shop:1", "shop:1"));
        assertThat(podNames()).containsAll(before);
        assertThat(zone.application(project, "shop").getSpec().containers())
                .extracting(ContainerSpec::image)
                .containsExactly("shop:1");
        assertThat(zone.releases(project))
                .extracting(release -> release.getStatus().state())
                .containsExactly(ReleaseState.SERVING, ReleaseState.ROLLED_BACK);
        assertThat(zone.releases(project).getLast().getStatus().failure())
                .satisfies(failure -> assertThat(failure.logLines()).containsExactly("cannot open /data"));
        await().untilAsserted(() -> assertThat(reasons()).contains(Reason.RELEASED, Reason.ROLLED_BACK));
    }

    @Test
    void imageThatIsNotThereIsNamedWithTheRegistrysWord() {
        zone.deploy(project, "shop", web("missing:9").build());
        Condition serving = awaitServingReason("shop", Reason.IMAGE_PULL_FAILED);
        assertThat(serving.message()).contains("missing:9", "manifest unknown");
        assertThat(zone.application(project, "shop").getStatus().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void portThatNobodyListensOnIsReported() {
        zone.deploy(project, "shop", web("deaf:1").build());
        assertThat(awaitServingReason("shop", Reason.PORT_NOT_LISTENING).message())
                .contains("port 8080");
    }

    @Test
    void scalingStoppingAndStartingChangeOnlyTheNumberOfReplicas() {
        zone.deploy(project, "shop", web("shop:1").build());
        awaitPhase("shop", Phase.SERVING);
        String id = zone.application(project, "shop").getStatus().id();
        zone.admin()
                .resources(Application.class)
                .inNamespace(project)
                .withName("shop")
                .scale(4);
        await().until(() -> zone.application(project, "shop").getStatus().readyReplicas() == 4);
        zone.change(project, "shop", spec -> spec.toBuilder().replicas(2).build());
        await().until(() -> zone.pods(project).size() == 2);
        zone.change(project, "shop", spec -> spec.toBuilder().stopped(true).build());
        awaitPhase("shop", Phase.STOPPED);
        assertThat(zone.pods(project)).isEmpty();
        zone.change(project, "shop", spec -> spec.toBuilder().stopped(false).build());
        awaitPhase("shop", Phase.SERVING);
        assertThat(zone.application(project, "shop").getStatus().id()).isEqualTo(id);
    }

    @Test
    void restartReplacesEveryReplica() {
        zone.deploy(
                project,
                "shop",
                web("shop:1")
                        .replicas(2)
                        .updateStrategy(UpdateStrategy.SIMULTANEOUS)
                        .build());
        awaitPhase("shop", Phase.SERVING);
        Set<String> before = podNames();
        zone.change(project, "shop", spec -> spec.toBuilder().restartNonce("1").build());
        await().untilAsserted(() -> assertThat(podNames()).hasSize(2).doesNotContainAnyElementsOf(before));
    }

    @Test
    void deletingAnApplicationEndsItsReplicas() {
        zone.deploy(project, "shop", web("shop:1").replicas(2).build());
        awaitPhase("shop", Phase.SERVING);
        zone.admin()
                .resources(Application.class)
                .inNamespace(project)
                .withName("shop")
                .delete();
        await().untilAsserted(() -> assertThat(zone.pods(project)).isEmpty());
        await().untilAsserted(() -> assertThat(zone.releases(project)).isEmpty());
        await().untilAsserted(() -> assertThat(reasons()).contains(Reason.APPLICATION_DELETED));
    }

    @Test
    void changedSettingsReachEveryApplicationAndMalformedOnesNone() {
        zone.deploy(project, "shop", web("shop:1").build());
        awaitPhase("shop", Phase.SERVING);
        try {
            zone.settings(new ZoneSettings("local-1", "statemesh.localhost", 9443, 8080, ""));
            await().untilAsserted(() -> assertThat(
                            zone.application(project, "shop").getStatus().urls())
                    .singleElement()
                    .asString()
                    .endsWith(":9443"));

            zone.rawSettings(Map.of("name", "local-1", "domain", "statemesh.localhost", "httpsPort", "many"));
            zone.deploy(project, "other", web("other:1").build());
            assertThat(awaitPhase("other", Phase.SERVING).getStatus().urls())
                    .singleElement()
                    .asString()
                    .endsWith(":9443");
        } finally {
            zone.settings(TestZone.SETTINGS);
        }
        await().untilAsserted(() -> assertThat(
                        zone.application(project, "shop").getStatus().urls())
                .singleElement()
                .asString()
                .endsWith(":8443"));
    }
}
