// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.probe.ProbeKind;
import org.junit.jupiter.api.Test;

class PodPlanTest {
    private static final Duration NOW = Duration.ZERO;

    @Test
    void podComesUpInOrder() {
        PodModel model = new PodModel(pod("Always", main("web"))).settle();

        assertThat(model.history)
                .extracting(Object::getClass)
                .containsExactly(Action.CreateSandbox.class, Action.EnsureImage.class, Action.StartContainer.class);
        assertThat(model.status().getPhase()).isEqualTo("Running");
        assertThat(model.status().getPodIP()).isEqualTo("10.0.0.2");
        assertThat(model.condition("Ready")).isEqualTo("True");
        assertThat(model.container("web").getRestartCount()).isZero();
    }

    @Test
    void initContainersRunOneAfterTheOtherBeforeTheMainOnes() {
        PodModel model = new PodModel(new PodBuilder(pod("Always", main("web")))
                        .editSpec()
                        .withInitContainers(main("first"), main("second"))
                        .endSpec()
                        .build())
                .settle();
        assertThat(started(model)).containsExactly("first");
        assertThat(model.condition("Initialized")).isEqualTo("False");
        assertThat(model.container("web").getState().getWaiting().getReason()).isEqualTo("PodInitializing");

        model.exit("first", 0).settle();
        assertThat(started(model)).containsExactly("first", "second");
        model.exit("second", 0).settle();
        assertThat(started(model)).containsExactly("first", "second", "web");
        assertThat(model.condition("Initialized")).isEqualTo("True");
        assertThat(model.status().getPhase()).isEqualTo("Running");
    }

    @Test
    void failedInitContainerEndsAPodThatNeverRestarts() {
        PodModel model = new PodModel(new PodBuilder(pod("Never", main("web")))
                        .editSpec()
                        .withInitContainers(main("first"))
                        .endSpec()
                        .build())
                .settle();
        model.exit("first", 3).settle();

        assertThat(model.status().getPhase()).isEqualTo("Failed");
        assertThat(started(model)).containsExactly("first");
        assertThat(model.cri.running()).isEmpty();
    }

    @Test
    void firstRestartIsImmediateAndLaterOnesWaitTwiceAsLongEachTime() {
        PodModel model = new PodModel(pod("Always", main("web"))).settle();
        for (int seconds : List.of(0, 10, 20, 40, 80, 160, 300, 300)) {
            int before = started(model).size();
            model.exit("web", 1).settle();
            if (seconds > 0) {
                assertThat(model.container("web").getState().getWaiting().getReason())
                        .isEqualTo("CrashLoopBackOff");
                assertThat(model.container("web").getLastState().getTerminated().getExitCode())
                        .isEqualTo(1);
                model.pass(Duration.ofSeconds(seconds).minusMillis(1));
                assertThat(started(model)).hasSize(before);
                model.pass(Duration.ofMillis(1));
            }
            assertThat(started(model)).hasSize(before + 1);
            assertThat(model.container("web").getRestartCount()).isEqualTo(before);
        }
    }

    @Test
    void tenMinutesOfLifeResetTheBackOff() {
        PodModel model = new PodModel(pod("Always", main("web"))).settle();
        model.exit("web", 1).settle().exit("web", 1).settle();
        model.pass(Duration.ofSeconds(10));
        int before = started(model).size();
        model.pass(Duration.ofMinutes(10)).exit("web", 1).settle();
        assertThat(started(model)).hasSize(before + 1);
    }

    @Test
    void killedAgentGoesOnCountingRestartsAndBackOff() {
        PodModel model = new PodModel(pod("Always", main("web"))).settle();
        model.exit("web", 1).settle().exit("web", 1).settle().restartAgent();
        int before = started(model).size();
        model.pass(Duration.ofSeconds(9));
        assertThat(started(model)).hasSize(before);
        model.pass(Duration.ofSeconds(1));
        assertThat(started(model)).hasSize(before + 1);
        assertThat(model.container("web").getRestartCount()).isEqualTo(2);
    }

    @Test
    void killedAgentTouchesNothingThatRuns() {
        PodModel model = new PodModel(pod("Always", ready(main("web")))).pass(Duration.ofSeconds(5));
        assertThat(model.condition("Ready")).isEqualTo("True");
        String id = model.cri.running().getFirst().id();
        int before = model.history.size();
        model.failingProbes.add(ProbeKind.READINESS);
        model.restartAgent().settle();

        assertThat(model.cri.running()).extracting(ContainerView::id).containsExactly(id);
        assertThat(model.history.subList(before, model.history.size())).allMatch(Action.RunProbe.class::isInstance);
        assertThat(model.condition("Ready"))
                .as("stays ready until a probe says otherwise")
                .isEqualTo("True");
    }

    @Test
    void runtimeThatForgotEverythingDoesNotResetTheCount() {
        PodModel model = new PodModel(pod("Always", main("web"))).settle();
        model.exit("web", 1).settle();
        assertThat(model.container("web").getRestartCount()).isEqualTo(1);
        model.cri.forget();
        model.restartAgent().settle();
        assertThat(model.container("web").getState().getRunning()).isNotNull();
        assertThat(model.container("web").getRestartCount()).isEqualTo(2);
    }

    @Test
    void podThatIsDoneStaysDone() {
        PodModel model = new PodModel(pod("OnFailure", main("job"))).settle();
        model.exit("job", 2).settle();
        assertThat(started(model)).hasSize(2);
        model.exit("job", 0).settle();

        assertThat(model.status().getPhase()).isEqualTo("Succeeded");
        assertThat(model.cri.sandboxes()).noneMatch(s -> s.ready());
        model.restartAgent().pass(Duration.ofMinutes(10));
        assertThat(started(model)).hasSize(2);
        assertThat(model.container("job").getState().getTerminated().getReason())
                .isEqualTo("Completed");
    }

    @Test
    void imageThatCannotBePulledIsTriedAgainLaterAndLater() {
        PodModel model = new PodModel(pod("Always", main("web")));
        model.failing.add("image:web");
        model.settle();
        assertThat(model.container("web").getState().getWaiting().getReason()).isEqualTo("ErrImagePull");
        model.pass(Duration.ofSeconds(10));
        assertThat(model.container("web").getState().getWaiting().getReason()).isEqualTo("ImagePullBackOff");
        model.pass(Duration.ofSeconds(19));
        assertThat(model.actions(Action.EnsureImage.class)).hasSize(2);
        model.failing.clear();
        model.pass(Duration.ofSeconds(1));
        assertThat(model.container("web").getState().getRunning()).isNotNull();
        assertThat(model.status().getPhase()).isEqualTo("Running");
    }

    @Test
    void missingSecretIsShownAndWaitedFor() {
        PodModel model = new PodModel(pod("Always", main("web")));
        model.failing.add("start:web");
        model.settle();
        assertThat(model.container("web").getState().getWaiting().getReason()).isEqualTo("CreateContainerConfigError");
        assertThat(model.status().getPhase()).isEqualTo("Pending");
        model.failing.clear();
        model.pass(Duration.ofSeconds(10));
        assertThat(model.status().getPhase()).isEqualTo("Running");
        assertThat(model.container("web").getRestartCount()).isZero();
    }

    @Test
    void deadSandboxIsReplacedAndItsContainersStartAnew() {
        PodModel model = new PodModel(pod("Always", main("web"))).pass(Duration.ofMinutes(11));
        model.cri.stopSandbox(model.cri.sandboxes().getFirst().id(), model.now);
        model.settle();

        assertThat(model.cri.running()).hasSize(1);
        assertThat(model.container("web").getRestartCount()).isEqualTo(1);
        assertThat(model.actions(Action.CreateSandbox.class))
                .extracting(Action.CreateSandbox::attempt)
                .containsExactly(0, 1);
        assertThat(model.status().getPodIP()).isEqualTo("10.0.0.3");
    }

    @Test
    void livenessKillsAndRestarts() {
        Container web = new ContainerBuilder(main("web"))
                .withLivenessProbe(new ProbeBuilder()
                        .withPeriodSeconds(1)
                        .withFailureThreshold(3)
                        .build())
                .build();
        PodModel model = new PodModel(pod("Always", web)).pass(Duration.ofSeconds(5));
        assertThat(model.actions(Action.StopContainer.class)).isEmpty();
        model.failingProbes.add(ProbeKind.LIVENESS);
        model.pass(Duration.ofSeconds(2));
        assertThat(model.actions(Action.StopContainer.class)).isEmpty();
        model.pass(Duration.ofSeconds(1));
        assertThat(model.actions(Action.StopContainer.class)).hasSize(1);
        assertThat(model.actions(Action.StopContainer.class).getFirst().reason())
                .contains("liveness");
        assertThat(model.container("web").getRestartCount()).isEqualTo(1);
    }

    @Test
    void readinessFollowsItsProbeWithoutARestart() {
        PodModel model = new PodModel(pod("Always", ready(main("web"))));
        model.failingProbes.add(ProbeKind.READINESS);
        model.pass(Duration.ofSeconds(5));
        assertThat(model.condition("Ready")).isEqualTo("False");
        model.failingProbes.clear();
        model.pass(Duration.ofSeconds(2));
        assertThat(model.condition("Ready")).isEqualTo("True");
        model.failingProbes.add(ProbeKind.READINESS);
        model.pass(Duration.ofSeconds(10));
        assertThat(model.condition("Ready")).isEqualTo("False");
        assertThat(model.container("web").getRestartCount()).isZero();
    }

    @Test
    void startupProbeHoldsTheOthersBack() {
        Container web = new ContainerBuilder(main("web"))
                .withStartupProbe(new ProbeBuilder()
                        .withPeriodSeconds(1)
                        .withFailureThreshold(30)
                        .build())
                .withLivenessProbe(new ProbeBuilder()
                        .withPeriodSeconds(1)
                        .withFailureThreshold(1)
                        .build())
                .build();
        PodModel model = new PodModel(pod("Always", web));
        model.failingProbes.addAll(List.of(ProbeKind.STARTUP, ProbeKind.LIVENESS));
        model.pass(Duration.ofSeconds(20));
        assertThat(model.container("web").getStarted()).isFalse();
        assertThat(model.container("web").getRestartCount()).isZero();
        model.failingProbes.clear();
        model.pass(Duration.ofSeconds(2));
        assertThat(model.container("web").getStarted()).isTrue();
        assertThat(model.container("web").getReady()).isTrue();
    }

    @Test
    void deletionStopsContainersAndLeavesNothing() {
        PodModel model = new PodModel(pod("Always", main("web"), main("log"))).settle();
        model.delete(30).settle();

        assertThat(model.finished).isTrue();
        assertThat(model.cri.isEmpty()).isTrue();
        assertThat(model.actions(Action.StopContainer.class))
                .hasSize(2)
                .allMatch(a -> a.grace().toSeconds() == 30);
    }

    @Test
    void deletionAtOnceGivesNoGrace() {
        PodModel model = new PodModel(pod("Always", main("web"))).settle();
        model.delete(0).settle();
        assertThat(model.actions(Action.StopContainer.class))
                .allMatch(a -> a.grace().equals(NOW));
        assertThat(model.finished).isTrue();
    }

    @Test
    void onlyTheLastTwoContainersOfANameAreKept() {
        PodModel model = new PodModel(pod("Always", main("web"))).settle();
        for (int i = 0; i < 4; i++) {
            model.pass(Duration.ofMinutes(10)).exit("web", 1).settle();
        }
        assertThat(model.cri.view().named("web"))
                .extracting(ContainerView::attempt)
                .containsExactly(4, 3);
    }

    @Test
    void hostPathIsRefusedWithAReason() {
        PodModel model = new PodModel(new PodBuilder(pod("Always", main("web")))
                        .editSpec()
                        .addNewVolume()
                        .withName("host")
                        .withNewHostPath("/etc", "Directory")
                        .endVolume()
                        .endSpec()
                        .build())
                .settle();
        assertThat(model.history).isEmpty();
        assertThat(model.status().getPhase()).isEqualTo("Failed");
        assertThat(model.status().getReason()).isEqualTo("HostPathForbidden");
        assertThat(model.status().getMessage()).contains("/etc").contains("emptyDir");
    }

    @Test
    void conditionTimesStandStillWhileNothingChanges() {
        PodModel model = new PodModel(pod("Always", main("web"))).settle();
        String before = readySince(model);
        model.pass(Duration.ofHours(1));
        assertThat(readySince(model)).isEqualTo(before);
        model.exit("web", 1).settle().exit("web", 1).settle();
        assertThat(Instant.parse(readySince(model))).isAfter(Instant.parse(before));
    }

    private static String readySince(PodModel model) {
        return model.status().getConditions().stream()
                .filter(c -> c.getType().equals("Ready"))
                .findFirst()
                .orElseThrow()
                .getLastTransitionTime();
    }

    private static List<String> started(PodModel model) {
        return model.actions(Action.StartContainer.class).stream()
                .map(Action.StartContainer::container)
                .toList();
    }

    static Container main(String name) {
        return new ContainerBuilder().withName(name).withImage("image").build();
    }

    private static Container ready(Container container) {
        return new ContainerBuilder(container)
                .withReadinessProbe(new ProbeBuilder()
                        .withPeriodSeconds(1)
                        .withFailureThreshold(3)
                        .build())
                .build();
    }

    static Pod pod(String restartPolicy, Container... containers) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .withNamespace("default")
                .withUid("uid-1")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy(restartPolicy)
                .withTerminationGracePeriodSeconds(30L)
                .withContainers(containers)
                .endSpec()
                .build();
    }
}
