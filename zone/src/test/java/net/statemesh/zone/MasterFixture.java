// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import static net.statemesh.zone.TestZone.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Quantity;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.statemesh.api.Condition;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ApplicationSpecBuilder;
import net.statemesh.api.application.ComputeResources;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.Phase;
import net.statemesh.api.application.PortSpec;
import net.statemesh.api.project.ProjectSpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master over a real API server with three nodes, and a new project for every test. */
@Timeout(120)
abstract class MasterFixture {
    static TestZone zone;
    private static int projects;

    String project;

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

    static ApplicationSpecBuilder web(String image) {
        return ApplicationSpec.of(container(image))
                .entrypoints(List.of(Entrypoint.toPort(8080)))
                .drainSeconds(1);
    }

    static ApplicationSpecBuilder sized(String cpu) {
        return ApplicationSpec.of(
                container("sized:1").withResources(ComputeResources.exactly(new Quantity(cpu), new Quantity("16Mi"))));
    }

    static ContainerSpec container(String image) {
        return ContainerSpec.of("web", image).withPorts(List.of(PortSpec.tcp(8080)));
    }

    static Entrypoint at(String host) {
        return new Entrypoint(host, "/", Entrypoint.PathType.PREFIX, 8080);
    }

    final Application awaitPhase(String name, Phase phase) {
        await().untilAsserted(() ->
                assertThat(zone.application(project, name).getStatus().phase()).isEqualTo(phase));
        return zone.application(project, name);
    }

    final Condition awaitServingReason(String name, String reason) {
        await().untilAsserted(() -> assertThat(
                        condition(project, name, ConditionTypes.SERVING).reason())
                .isEqualTo(reason));
        return condition(project, name, ConditionTypes.SERVING);
    }

    static Condition condition(String project, String name, String type) {
        return zone.application(project, name).getStatus().condition(type).orElseThrow();
    }

    final List<String> images() {
        return zone.pods(project).stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
                .toList();
    }

    final Set<String> podNames() {
        Set<String> names = new HashSet<>();
        zone.pods(project).forEach(pod -> names.add(pod.getMetadata().getName()));
        return names;
    }

    final List<String> reasons() {
        return zone.admin().v1().events().inNamespace(project).list().getItems().stream()
                .map(Event::getReason)
                .toList();
    }
}
