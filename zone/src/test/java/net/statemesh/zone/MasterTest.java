// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import static net.statemesh.zone.TestZone.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.statemesh.api.Annotations;
import net.statemesh.api.Condition;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Labels;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ApplicationSpecBuilder;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.ComputeResources;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.Phase;
import net.statemesh.api.application.PortSpec;
import net.statemesh.api.application.ReplicaStatus;
import net.statemesh.api.application.UpdateStrategy;
import net.statemesh.api.project.Profile;
import net.statemesh.api.project.ProjectQuota;
import net.statemesh.api.project.ProjectSpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The master as a client of a real API server; every test has a project of its own. */
@Timeout(120)
class MasterTest {
    private static TestZone zone;
    private static int projects;

    private String project;

    @BeforeAll
    static void startZone(@TempDir Path folder) {
        zone = TestZone.start(folder);
        for (int i = 1; i <= 3; i++) {
            zone.addNode("node-" + i, "4");
        }
    }

    @AfterAll
    static void stopZone() {
        zone.close();
    }

    @BeforeEach
    void newProject() {
        project = "team-" + ++projects;
        zone.addProject(project, ProjectSpec.ownedBy("alice"));
    }

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
            assertThat(ready.mostPods()).isLessThanOrEqualTo(5);
        }
        await().untilAsserted(() -> assertThat(images()).containsExactly("shop:2", "shop:2", "shop:2"));
        await().untilAsserted(() -> assertThat(reasons()).contains(Reason.NEW_REVISION));
    }

    @Test
    void newVersionThatCrashesLeavesTheOldOneServing() {
        zone.deploy(project, "shop", web("shop:1").replicas(2).build());
        awaitPhase("shop", Phase.SERVING);
        zone.change(
                project,
                "shop",
                spec -> spec.toBuilder()
                        .containers(List.of(container("crash:2")))
                        .build());
        Condition serving = awaitServingReason("shop", Reason.CRASH_LOOPING);
        assertThat(serving.message()).contains("exited with code 1", "cannot open /data");
        assertThat(zone.application(project, "shop").getStatus().readyReplicas())
                .isEqualTo(2);
        zone.change(
                project,
                "shop",
                spec -> spec.toBuilder()
                        .containers(List.of(container("shop:1")))
                        .build());
        awaitPhase("shop", Phase.SERVING);
        await().untilAsserted(() -> assertThat(images()).containsExactly("shop:1", "shop:1"));
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
        await().untilAsserted(() -> assertThat(reasons()).contains(Reason.APPLICATION_DELETED));
    }

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
    void quotaHoldsBackReplicasUntilThereIsRoom() {
        String small = project + "-small";
        zone.addProject(
                small,
                new ProjectSpec(null, Profile.CLOUD, new ProjectQuota(new Quantity("1"), null, null, 2), "alice"));
        zone.deploy(small, "first", sized("600m").build());
        await().until(() -> zone.application(small, "first").getStatus().phase() == Phase.SERVING);
        zone.deploy(small, "second", sized("600m").build());
        await().untilAsserted(() -> assertThat(
                        condition(small, "second", ConditionTypes.SERVING).reason())
                .isEqualTo(Reason.QUOTA_EXCEEDED));
        zone.deploy(small, "third", sized("1m").build());
        await().untilAsserted(() -> assertThat(
                        condition(small, "third", ConditionTypes.ACCEPTED).reason())
                .isEqualTo(Reason.QUOTA_EXCEEDED));
        zone.admin()
                .resources(Application.class)
                .inNamespace(small)
                .withName("first")
                .delete();
        await().until(() -> zone.application(small, "second").getStatus().phase() == Phase.SERVING);
        await().until(() -> zone.application(small, "third").getStatus().phase() == Phase.SERVING);
    }

    @Test
    void hostOfAnotherProjectIsRefusedUntilItIsFree() {
        String host = project + ".local-1.statemesh.localhost";
        zone.deploy(
                project, "shop", web("shop:1").entrypoints(List.of(at(host))).build());
        awaitPhase("shop", Phase.SERVING);
        String rivals = project + "-rivals";
        zone.addProject(rivals, ProjectSpec.ownedBy("bob"));
        zone.deploy(rivals, "shop", web("shop:1").entrypoints(List.of(at(host))).build());
        await().until(() -> zone.application(rivals, "shop").getStatus().phase() == Phase.FAILED);
        Condition accepted = condition(rivals, "shop", ConditionTypes.ACCEPTED);
        assertThat(accepted.reason()).isEqualTo(Reason.HOST_TAKEN);
        assertThat(accepted.message()).contains(host, "project '" + project + "' has it");
        assertThat(zone.application(rivals, "shop").getStatus().hosts()).isEmpty();
        zone.admin()
                .resources(Application.class)
                .inNamespace(project)
                .withName("shop")
                .delete();
        await().until(() -> zone.application(rivals, "shop").getStatus().phase() == Phase.SERVING);
    }

    @Test
    void badSpecIsRefusedWithFieldAndValueAndMakesNothing() {
        zone.deploy(
                project,
                "shop",
                ApplicationSpec.of(container("shop:1"))
                        .entrypoints(List.of(Entrypoint.toPort(81)))
                        .build());
        awaitPhase("shop", Phase.FAILED);
        assertThat(condition(project, "shop", ConditionTypes.ACCEPTED).message())
                .contains("spec.entrypoints[0].port is '81'", "8080");
        assertThat(zone.pods(project)).isEmpty();
    }

    @Test
    void apiServerRefusesWhatTheDefinitionForbids() {
        assertThatThrownBy(() ->
                        zone.deploy(project, "shop", web("shop:1").replicas(-1).build()))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.replicas");
    }

    @Test
    void projectHasWallsAndRightsThatComeBackWhenSomebodyRemovesThem() {
        assertThat(zone.admin()
                        .namespaces()
                        .withName(project)
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry(Labels.PROJECT, project);
        assertThat(zone.admin()
                        .rbac()
                        .roleBindings()
                        .inNamespace(project)
                        .list()
                        .getItems())
                .singleElement()
                .satisfies(binding ->
                        assertThat(binding.getSubjects().getFirst().getName()).isEqualTo("alice"));
        assertThat(zone.project(project).getStatus().conditions())
                .filteredOn(condition -> condition.type().equals(ConditionTypes.ISOLATED))
                .singleElement()
                .satisfies(condition -> assertThat(condition.reason()).isEqualTo(Reason.DATAPATH_ABSENT));
        zone.admin().network().v1().networkPolicies().inNamespace(project).delete();
        await().untilAsserted(() -> assertThat(zone.admin()
                        .network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(project)
                        .list()
                        .getItems())
                .hasSize(1));
    }

    @Test
    void deletingAProjectEmptiesItFirst() {
        zone.deploy(project, "shop", web("shop:1").replicas(2).build());
        awaitPhase("shop", Phase.SERVING);
        zone.admin().resource(zone.project(project)).delete();
        await().untilAsserted(() -> assertThat(zone.project(project)).isNull());
        assertThat(zone.pods(project)).isEmpty();
        await().untilAsserted(() ->
                assertThat(zone.admin().namespaces().withName(project).get()).isNull());
    }

    private static ApplicationSpecBuilder web(String image) {
        return ApplicationSpec.of(container(image)).entrypoints(List.of(Entrypoint.toPort(8080)));
    }

    private static ApplicationSpecBuilder sized(String cpu) {
        return ApplicationSpec.of(
                container("sized:1").withResources(ComputeResources.exactly(new Quantity(cpu), new Quantity("16Mi"))));
    }

    private static ContainerSpec container(String image) {
        return ContainerSpec.of("web", image).withPorts(List.of(PortSpec.tcp(8080)));
    }

    private static Entrypoint at(String host) {
        return new Entrypoint(host, "/", Entrypoint.PathType.PREFIX, 8080);
    }

    private Application awaitPhase(String name, Phase phase) {
        await().untilAsserted(() ->
                assertThat(zone.application(project, name).getStatus().phase()).isEqualTo(phase));
        return zone.application(project, name);
    }

    private Condition awaitServingReason(String name, String reason) {
        await().untilAsserted(() -> assertThat(
                        condition(project, name, ConditionTypes.SERVING).reason())
                .isEqualTo(reason));
        return condition(project, name, ConditionTypes.SERVING);
    }

    private static Condition condition(String project, String name, String type) {
        return zone.application(project, name).getStatus().condition(type).orElseThrow();
    }

    private List<String> images() {
        return zone.pods(project).stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
                .toList();
    }

    private Set<String> podNames() {
        Set<String> names = new HashSet<>();
        zone.pods(project).forEach(pod -> names.add(pod.getMetadata().getName()));
        return names;
    }

    private List<String> reasons() {
        return zone.admin().v1().events().inNamespace(project).list().getItems().stream()
                .map(Event::getReason)
                .toList();
    }
}
