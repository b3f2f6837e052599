// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import static net.statemesh.zone.TestZone.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import net.statemesh.api.Labels;
import net.statemesh.api.Reason;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Priority;
import net.statemesh.api.project.Profile;
import net.statemesh.api.project.ProjectSpec;
import net.statemesh.zone.plan.replacement.Turns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Half of the nodes die at once; what is made in place of their replicas does not become ready, so that no turn ends early. */
@Timeout(180)
class MassOutageTest {
    private static final String PROJECT = "team";
    private static final Set<String> DEAD = Set.of("node-1", "node-2");
    private static final int LEFT = 2;
    private static final int REPLICAS = 24;

    private TestZone zone;

    @BeforeEach
    void start(@TempDir Path folder) {
        zone = TestZone.start(folder);
        zone.addProject(PROJECT, new ProjectSpec(null, Profile.CLOUD, null, Priority.HIGH, "alice"));
        for (int i = 1; i <= DEAD.size() + LEFT; i++) {
            zone.addNode("node-" + i, "64");
        }
        zone.deploy(PROJECT, "a-low", deaf(Priority.LOW));
        zone.deploy(PROJECT, "b-high", deaf(Priority.HIGH));
        await().until(() -> bound("a-low").size() == REPLICAS && bound("b-high").size() == REPLICAS);
    }

    @AfterEach
    void stop() {
        zone.close();
    }

    @Test
    void replicasAreReplacedInOrderOfPriorityWithinTheBudget() {
        int lostHigh = onDeadNodes("b-high");
        int lost = lostHigh + onDeadNodes("a-low");
        int budget = LEFT * Turns.STARTING_PER_NODE;
        assertThat(budget).isGreaterThan(lostHigh).isLessThan(lost);
        zone.killMaster();
        DEAD.forEach(this::kill);
        try (Creations made = new Creations(zone.admin(), PROJECT)) {
            zone.startMaster();
            await().until(() -> made.count() > budget);

            assertThat(made.applications().subList(0, budget)).contains("b-high");
            assertThat(made.applications().subList(budget, budget + 1)).containsExactly("a-low");
            assertThat(made.between(0, budget)).isGreaterThan(Turns.PATIENCE.minusSeconds(1));
        }
        assertThat(zone.admin().v1().events().inNamespace(PROJECT).list().getItems())
                .anySatisfy(event -> {
                    assertThat(event.getReason()).isEqualTo(Reason.REPLACEMENT_WAITS);
                    assertThat(event.getInvolvedObject().getName()).isEqualTo("a-low");
                });
    }

    private static ApplicationSpec deaf(Priority priority) {
        return ApplicationSpec.of(ContainerSpec.of("web", "deaf:1"))
                .replicas(REPLICAS)
                .priority(priority)
                .build();
    }

    private List<Pod> bound(String application) {
        return zone.pods(PROJECT).stream()
                .filter(pod -> application.equals(pod.getMetadata().getLabels().get(Labels.APPLICATION)))
                .filter(pod -> pod.getSpec().getNodeName() != null)
                .toList();
    }

    private int onDeadNodes(String application) {
        return (int) bound(application).stream()
                .filter(pod -> DEAD.contains(pod.getSpec().getNodeName()))
                .count();
    }

    /** As the health protocol marks it. */
    private void kill(String name) {
        zone.admin()
                .nodes()
                .withName(name)
                .editStatus(node -> new NodeBuilder(node)
                        .editStatus()
                        .editMatchingCondition(condition -> condition.getType().equals("Ready"))
                        .withStatus("False")
                        .withReason(Reason.NODE_DEAD)
                        .endCondition()
                        .endStatus()
                        .build());
    }
}
