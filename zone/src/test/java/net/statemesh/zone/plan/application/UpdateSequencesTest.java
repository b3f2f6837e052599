// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Phase;
import net.statemesh.api.application.ReleaseState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random lives of one application: good and broken releases, scaling, drained nodes, replicas that come and fail. */
class UpdateSequencesTest {
    private static final int SEEDS = 400;
    private static final int STEPS = 80;
    private static final int QUIET_STEPS = 120;
    private static final String BROKEN = "broken:";

    /** Whatever happens: no step takes a ready replica that is needed, or makes more than one too many. */
    @Tag("property")
    @Test
    void noStepTakesAReadyReplicaThatIsNeededAndQuietEndsWithWhatIsWanted() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Fixture zone = new Fixture(1 + random.nextInt(4));
            for (int step = 0; step < STEPS; step++) {
                happen(random, zone, step);
                check("seed " + seed + " step " + step, zone);
            }
            endsWell("seed " + seed, zone);
        }
    }

    private static void happen(Random random, Fixture zone, int step) {
        switch (random.nextInt(8)) {
            case 0 -> deploy(zone, (random.nextBoolean() ? BROKEN : "good:") + step);
            case 1 ->
                zone.spec(zone.application.getSpec().toBuilder()
                        .replicas(random.nextInt(6))
                        .build());
            case 2 -> zone.drainedBy = drained("node-" + (1 + random.nextInt(3)));
            case 3 -> zone.drainedBy = node -> Optional.empty();
            case 4 -> random(random, zone.pods).ifPresent(index -> zone.running(index, zone.now));
            default -> {}
        }
        for (int i = 0; i < zone.pods.size(); i++) {
            if (random.nextBoolean()) {
                startOrFail(zone, i);
            }
        }
        zone.now = zone.now.plusSeconds(random.nextInt(40));
    }

    private static void startOrFail(Fixture zone, int index) {
        if (image(zone.pods.get(index)).startsWith(BROKEN)) {
            zone.crashed(index, 1, "Error", "broken");
        } else {
            zone.ready(index);
        }
    }

    private static void check(String when, Fixture zone) {
        int wanted = zone.application.getSpec().replicas();
        long before = ready(zone);
        int madeBefore = zone.pods.size();
        Plan plan = zone.step();
        assertThat(ready(zone))
                .as("ready replicas, %s: %s", when, plan.actions())
                .isGreaterThanOrEqualTo(Math.min(wanted, before));
        if (!plan.rollsBack() && plan.actions().stream().anyMatch(Action.Create.class::isInstance)) {
            assertThat(zone.live().size())
                    .as("live replicas, %s: %s", when, plan.actions())
                    .isLessThanOrEqualTo(wanted + Rollout.SURGE);
        }
        assertThat(zone.pods.size() - madeBefore).as("new pods, %s", when).isLessThanOrEqualTo(wanted + Rollout.SURGE);
    }

    private static void endsWell(String when, Fixture zone) {
        zone.drainedBy = node -> Optional.empty();
        deploy(zone, "good:last");
        zone.spec(zone.application.getSpec().toBuilder().replicas(3).build());
        for (int step = 0; step < QUIET_STEPS; step++) {
            for (int i = 0; i < zone.pods.size(); i++) {
                startOrFail(zone, i);
            }
            check(when + " quiet step " + step, zone);
            zone.now = zone.now.plusSeconds(ApplicationSpec.DEFAULT_DRAIN_SECONDS);
        }
        assertThat(zone.pods)
                .as(when)
                .hasSize(3)
                .allSatisfy(pod -> assertThat(image(pod)).isEqualTo("good:last"));
        assertThat(zone.plan().status().phase()).as(when).isEqualTo(Phase.SERVING);
        assertThat(zone.releases.stream()
                        .filter(release -> ReleaseHistory.status(release).state() == ReleaseState.SERVING))
                .as(when)
                .singleElement()
                .satisfies(release -> assertThat(release.getSpec()
                                .template()
                                .containers()
                                .getFirst()
                                .image())
                        .isEqualTo("good:last"));
        assertThat(zone.releases.size()).as(when).isLessThanOrEqualTo(ReleaseHistory.MAX_KEPT + 2);
    }

    private static void deploy(Fixture zone, String image) {
        zone.spec(zone.application.getSpec().toBuilder()
                .containers(List.of(ContainerSpec.of("web", image).withPorts(Fixture.WEB.ports())))
                .build());
    }

    private static Function<String, Optional<String>> drained(String which) {
        return node -> node.equals(which) ? Optional.of("alice") : Optional.empty();
    }

    private static Optional<Integer> random(Random random, List<Pod> pods) {
        return pods.isEmpty() ? Optional.empty() : Optional.of(random.nextInt(pods.size()));
    }

    private static long ready(Fixture zone) {
        return zone.live().stream().filter(Replicas::isReady).count();
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage();
    }
}
