// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.cri.SandboxView;
import net.statemesh.node.probe.ProbeKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a pod in whatever order, some things always hold. The seed of a failing history stands in its message. */
@Tag("property")
class PodPlanPropertyTest {
    private static final int HISTORIES = 60;
    private static final int EVENTS = 60;
    private static final List<ProbeKind> PROBES = List.of(ProbeKind.STARTUP, ProbeKind.LIVENESS, ProbeKind.READINESS);
    private static final List<String> FAILING =
            List.of("sandbox", "image:web", "start:web", "start:init", "image:side");

    @ParameterizedTest
    @ValueSource(strings = {"Always", "OnFailure", "Never"})
    void anyHistoryKeepsTheInvariants(String restartPolicy) {
        for (long seed = 0; seed < HISTORIES; seed++) {
            history(restartPolicy, seed);
        }
    }

    private static void history(String restartPolicy, long seed) {
        Random random = new Random(seed);
        PodModel model = new PodModel(pod(restartPolicy)).settle();
        Map<String, Integer> restarts = new HashMap<>();
        StringBuilder story = new StringBuilder("policy " + restartPolicy + ", seed " + seed + ":");
        for (int i = 0; i < EVENTS; i++) {
            story.append(' ').append(happen(model, random));
            model.settle();
            check(model, restarts, story.toString());
        }
        model.failing.clear();
        model.pass(Duration.ofMinutes(5)).delete(random.nextInt(30)).settle().pass(Duration.ofMinutes(10));
        assertThat(model.finished).as(story.toString()).isTrue();
        assertThat(model.cri.isEmpty()).as(story.toString()).isTrue();
    }

    private static String happen(PodModel model, Random random) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> exit(model, random);
            case 2 -> {
                model.restartAgent();
                yield "agent restarts";
            }
            case 3 -> killSandbox(model, random);
            case 4 -> toggle(model.failing, FAILING.get(random.nextInt(FAILING.size())));
            case 5 -> toggle(model.failingProbes, PROBES.get(random.nextInt(PROBES.size())));
            default -> {
                Duration time = Duration.ofSeconds(1L << random.nextInt(9));
                model.pass(time);
                yield "passes " + time.toSeconds() + " s";
            }
        };
    }

    private static String exit(PodModel model, Random random) {
        List<ContainerView> running = model.cri.running();
        if (running.isEmpty()) {
            return "-";
        }
        ContainerView one = running.get(random.nextInt(running.size()));
        int code = random.nextInt(3);
        model.cri.exit(one.id(), code, model.now);
        return one.name() + " exits " + code;
    }

    private static String killSandbox(PodModel model, Random random) {
        List<SandboxView> ready =
                model.cri.sandboxes().stream().filter(SandboxView::ready).toList();
        if (ready.isEmpty() || random.nextInt(4) != 0) {
            return "-";
        }
        model.cri.stopSandbox(ready.getFirst().id(), model.now);
        return "sandbox dies";
    }

    private static <T> String toggle(Set<T> set, T value) {
        if (!set.remove(value)) {
            set.add(value);
        }
        return "toggles " + value;
    }

    private static void check(PodModel model, Map<String, Integer> restarts, String story) {
        List<ContainerView> running = model.cri.running();
        assertThat(running).as(story).extracting(ContainerView::name).doesNotHaveDuplicates();
        List<String> ready = model.cri.sandboxes().stream()
                .filter(SandboxView::ready)
                .map(SandboxView::id)
                .toList();
        assertThat(ready).as(story).hasSizeLessThanOrEqualTo(1);
        assertThat(running).as(story).allMatch(c -> ready.contains(c.sandboxId()));
        boolean initRuns = running.stream().anyMatch(c -> c.name().equals("init"));
        assertThat(initRuns && running.size() > 1).as(story).isFalse();
        for (ContainerStatus status : model.status().getContainerStatuses()) {
            String name = status.getName();
            assertThat(status.getRestartCount()).as(story).isGreaterThanOrEqualTo(restarts.getOrDefault(name, 0));
            restarts.put(name, status.getRestartCount());
            boolean runs = running.stream().anyMatch(c -> c.name().equals(name));
            assertThat(status.getReady() && !runs).as(story).isFalse();
            assertThat(model.cri.view().named(name)).as(story).hasSizeLessThanOrEqualTo(2);
        }
        if (model.condition("Ready").equals("True")) {
            assertThat(running).as(story).hasSize(2);
            assertThat(model.status().getPodIP()).as(story).isNotEmpty();
        }
    }

    private static Pod pod(String restartPolicy) {
        Container web = new ContainerBuilder(PodPlanTest.main("web"))
                .withReadinessProbe(new ProbeBuilder().withPeriodSeconds(3).build())
                .withLivenessProbe(new ProbeBuilder()
                        .withPeriodSeconds(5)
                        .withFailureThreshold(2)
                        .build())
                .withStartupProbe(new ProbeBuilder()
                        .withPeriodSeconds(1)
                        .withFailureThreshold(100)
                        .build())
                .build();
        return new PodBuilder(PodPlanTest.pod(restartPolicy, web, PodPlanTest.main("side")))
                .editSpec()
                .withInitContainers(PodPlanTest.main("init"))
                .endSpec()
                .build();
    }
}
