// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import static net.statemesh.zone.TestZone.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import net.statemesh.api.Condition;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Labels;
import net.statemesh.api.Reason;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.Phase;
import net.statemesh.api.application.Priority;
import net.statemesh.api.project.Profile;
import net.statemesh.api.project.ProjectQuota;
import net.statemesh.api.project.ProjectSpec;
import org.junit.jupiter.api.Test;

/** What a project allows, refuses and leaves behind; every test has projects of its own. */
class MasterProjectTest extends MasterFixture {
    @Test
    void quotaHoldsBackReplicasUntilThereIsRoom() {
        String small = project + "-small";
        zone.addProject(
                small,
                new ProjectSpec(
                        null,
                        Profile.CLOUD,
                        new ProjectQuota(new Quantity("1"), null, null, 2),
                        Priority.NORMAL,
                        "alice"));
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
    void priorityAboveTheProjectsIsRefusedUntilItIsRaised() {
        zone.deploy(project, "shop", web("shop:1").priority(Priority.HIGH).build());
        awaitPhase("shop", Phase.FAILED);
        Condition accepted = condition(project, "shop", ConditionTypes.ACCEPTED);
        assertThat(accepted.reason()).isEqualTo(Reason.PRIORITY_NOT_ALLOWED);
        assertThat(accepted.message()).contains("spec.priority is 'High'", "Low or Normal");
        assertThat(zone.pods(project)).isEmpty();
        zone.admin().resource(zone.project(project)).edit(changed -> {
            changed.setSpec(new ProjectSpec(null, Profile.CLOUD, null, Priority.HIGH, "alice"));
            return changed;
        });
        awaitPhase("shop", Phase.SERVING);
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

    @Test
    void hostThatItsHolderGivesUpGoesToWhoWaitsForIt() {
        String host = project + ".local-1.statemesh.localhost";
        zone.deploy(
                project, "shop", web("shop:1").entrypoints(List.of(at(host))).build());
        awaitPhase("shop", Phase.SERVING);
        String rivals = project + "-rivals";
        zone.addProject(rivals, ProjectSpec.ownedBy("bob"));
        zone.deploy(rivals, "shop", web("shop:1").entrypoints(List.of(at(host))).build());
        await().until(() -> zone.application(rivals, "shop").getStatus().phase() == Phase.FAILED);

        zone.change(
                project,
                "shop",
                spec -> spec.toBuilder()
                        .entrypoints(List.of(Entrypoint.toPort(8080)))
                        .build());

        await().until(() -> zone.application(rivals, "shop").getStatus().phase() == Phase.SERVING);
        assertThat(zone.application(rivals, "shop").getStatus().hosts()).contains(host);
    }

    @Test
    void twoProjectsThatAskForOneHostAtOnceDoNotBothGetIt() {
        String host = project + ".local-1.statemesh.localhost";
        List<String> rivals = List.of(project, project + "-b", project + "-c", project + "-d");
        rivals.stream().skip(1).forEach(rival -> zone.addProject(rival, ProjectSpec.ownedBy("bob")));

        rivals.parallelStream()
                .forEach(rival -> zone.deploy(
                        rival,
                        "shop",
                        web("shop:1").entrypoints(List.of(at(host))).build()));

        await().untilAsserted(() -> assertThat(rivals)
                .allSatisfy(rival -> assertThat(
                                zone.application(rival, "shop").getStatus().phase())
                        .isIn(Phase.SERVING, Phase.FAILED)));
        assertThat(rivals)
                .filteredOn(rival ->
                        zone.application(rival, "shop").getStatus().hosts().contains(host))
                .hasSize(1);
    }

    @Test
    void refusedReplicaIsToldOnceAndNotTriedAgainAtOnce() {
        zone.deploy(
                project,
                "shop",
                web("shop:1").annotations(Map.of("bad key!", "x")).build());
        await().untilAsserted(() -> assertThat(
                        condition(project, "shop", ConditionTypes.SERVING).reason())
                .isEqualTo(Reason.REPLICA_NOT_CREATED));
        Application first = zone.application(project, "shop");
        assertThat(condition(project, "shop", ConditionTypes.SERVING).message())
                .contains("bad key!")
                .contains("\"shop\"");

        // what brings it back must not make it try again: another application's whole roll-out passes meanwhile
        zone.deploy(project, "other", web("other:1").replicas(3).build());
        awaitPhase("other", Phase.SERVING);

        assertThat(zone.application(project, "shop").getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
        assertThat(reasons()).filteredOn(Reason.REPLICA_NOT_CREATED::equals).hasSize(1);
    }
}
