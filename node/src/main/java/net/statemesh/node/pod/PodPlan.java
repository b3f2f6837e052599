// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.cri.SandboxView;

/**
 * The state machine of a pod on its node. Pure: from the pod, what the runtime shows, what is remembered and the time follow the
 * next actions and the status. It holds no state of its own, so a restarted agent continues where the last one stopped.
 */
final class PodPlan {
    /** Dead containers kept per name beside the newest one: their logs answer {@code logs --previous}. */
    private static final int KEPT_PREVIOUS = 1;

    private static final long DEFAULT_GRACE_SECONDS = 30;

    private final PodInput in;
    private final ProbePlan probes;
    private final List<Action> actions = new ArrayList<>();
    private Instant wakeAt = Instant.MAX;

    private PodPlan(PodInput in) {
        this.in = in;
        this.probes = ProbePlan.of(in);
    }

    static Decision decide(PodInput in) {
        return new PodPlan(in).decide();
    }

    private Decision decide() {
        Optional<Refusal> refusal = Refusal.of(in.pod());
        if (in.terminating()) {
            terminate();
        } else if (refusal.isPresent() || reportedFinal() || in.finished()) {
            settle();
        } else if (in.readySandbox().isEmpty()) {
            replaceSandbox();
        } else {
            run(in.readySandbox().get());
        }
        collectDead();
        PodMemory memory = in.memory().keepProbes(probes.alive()).withProbes(probes.states());
        PodStatus status = PodStatuses.of(in, probes, refusal);
        return new Decision(List.copyOf(actions), status, memory.reported(status), wakeAt);
    }

    /** A pod that was reported as ended stays ended, whatever the runtime still remembers of it. */
    private boolean reportedFinal() {
        PodStatus status = in.pod().getStatus();
        return status != null && ("Succeeded".equals(status.getPhase()) || "Failed".equals(status.getPhase()));
    }

    private void terminate() {
        in.allContainers().forEach(c -> {
            if (in.memory().isUnderWay(Action.EnsureImage.key(c.getName()))) {
                propose(new Action.CancelPull(c.getName()));
            }
        });
        List<ContainerView> alive = alive();
        Duration grace = remainingGrace();
        alive.forEach(c -> propose(new Action.StopContainer(c.id(), c.name(), grace, "the pod is deleted")));
        if (alive.isEmpty() && !in.memory().anyUnderWay(PodPlan::mayStartSomething)) {
            propose(new Action.FinishDeletion());
        }
    }

    private static boolean mayStartSomething(String key) {
        return key.equals(Action.CreateSandbox.KEY) || key.startsWith("image:") || key.startsWith("start:");
    }

    private void settle() {
        alive().forEach(c ->
                propose(new Action.StopContainer(c.id(), c.name(), podGrace(in.pod()), "the pod has ended")));
        if (alive().isEmpty()) {
            in.readySandbox().ifPresent(s -> propose(new Action.StopSandbox(s.id())));
        }
    }

    private void replaceSandbox() {
        Optional<SandboxView> old = in.view().sandbox();
        List<ContainerView> alive = alive();
        alive.forEach(
                c -> propose(new Action.StopContainer(c.id(), c.name(), podGrace(in.pod()), "its pod sandbox died")));
        if (alive.isEmpty() && !in.memory().anyUnderWay(PodPlan::mayStartSomething)) {
            propose(new Action.CreateSandbox(
                    old.map(s -> s.attempt() + 1).orElse(0),
                    old.map(SandboxView::id).orElse(null)));
        }
    }

    private void run(SandboxView sandbox) {
        in.view().containers().stream()
                .filter(c -> c.state() == ContainerView.State.UNKNOWN)
                .forEach(c -> propose(
                        new Action.StopContainer(c.id(), c.name(), Duration.ZERO, "the runtime lost sight of it")));
        Optional<Container> init = in.nextInit();
        if (init.isPresent()) {
            advance(init.get(), sandbox);
            return;
        }
        in.mainContainers().forEach(c -> advance(c, sandbox));
        probes.verdicts(this::stopUnhealthy);
        probes.due().forEach(this::propose);
        wakeAt(probes.nextAt());
    }

    private void advance(Container spec, SandboxView sandbox) {
        Optional<ContainerView> newest = in.view().newest(spec.getName());
        if (newest.isEmpty()) {
            start(spec.getName(), sandbox, ContainerStatuses.reportedAttempts(in, spec.getName()), 0);
            return;
        }
        ContainerView container = newest.get();
        switch (container.state()) {
            case RUNNING, UNKNOWN -> {}
            case CREATED -> {
                if (!in.memory().isUnderWay(Action.StartContainer.key(spec.getName()))) {
                    propose(new Action.RemoveContainer(container.id(), container.name(), container.attempt()));
                }
            }
            case EXITED -> {
                boolean inThisSandbox = container.sandboxId().equals(sandbox.id());
                if (in.restarts(container) || (in.isInit(spec.getName()) && !inThisSandbox)) {
                    restart(container, sandbox);
                }
            }
        }
    }

    private void restart(ContainerView ended, SandboxView sandbox) {
        Instant due = Restarts.dueAt(ended);
        if (due.isAfter(in.now())) {
            wakeAt(due);
        } else {
            start(ended.name(), sandbox, ended.attempt() + 1, Restarts.nextStep(ended));
        }
    }

    private void start(String container, SandboxView sandbox, int attempt, int step) {
        String image = in.memory().images().get(container);
        if (in.memory().isUnderWay(Action.StartContainer.key(container))) {
            return;
        }
        propose(
                image == null
                        ? new Action.EnsureImage(container)
                        : new Action.StartContainer(container, sandbox.id(), attempt, step, image));
    }

    private void stopUnhealthy(ContainerView container, Duration grace, String why) {
        propose(new Action.StopContainer(container.id(), container.name(), grace, why));
    }

    private void collectDead() {
        in.allContainers()
                .forEach(spec -> in.view().named(spec.getName()).stream()
                        .skip(1L + KEPT_PREVIOUS)
                        .filter(ContainerView::exited)
                        .forEach(c -> propose(new Action.RemoveContainer(c.id(), c.name(), c.attempt()))));
        in.view().sandboxes().stream()
                .skip(1)
                .filter(s -> in.view().containers().stream()
                        .noneMatch(c -> c.sandboxId().equals(s.id())))
                .forEach(s -> propose(new Action.RemoveSandbox(s.id())));
    }

    private List<ContainerView> alive() {
        return in.view().containers().stream()
                .filter(c -> c.running() || c.state() == ContainerView.State.UNKNOWN)
                .toList();
    }

    private void propose(Action action) {
        Failure failure = in.memory().failures().get(action.key());
        if (failure != null && failure.retryAt().isAfter(in.now())) {
            wakeAt(failure.retryAt());
        } else if (!in.memory().isUnderWay(action.key())) {
            actions.add(action);
        }
    }

    private void wakeAt(Instant time) {
        wakeAt = time.isBefore(wakeAt) ? time : wakeAt;
    }

    /** What is left of the time that the deletion granted; the pod's own grace when nobody granted any. */
    private Duration remainingGrace() {
        Long granted = in.pod().getMetadata().getDeletionGracePeriodSeconds();
        if (in.gone() || granted == null) {
            return podGrace(in.pod());
        }
        if (granted <= 0) {
            return Duration.ZERO;
        }
        Duration left =
                Duration.between(in.now(), Instant.parse(in.pod().getMetadata().getDeletionTimestamp()));
        Duration most = Duration.ofSeconds(granted);
        return left.compareTo(most) > 0 ? most : left.toSeconds() < 1 ? Duration.ofSeconds(1) : left;
    }

    static Duration podGrace(Pod pod) {
        Long seconds = pod.getSpec().getTerminationGracePeriodSeconds();
        return Duration.ofSeconds(seconds == null || seconds < 0 ? DEFAULT_GRACE_SECONDS : seconds);
    }
}
