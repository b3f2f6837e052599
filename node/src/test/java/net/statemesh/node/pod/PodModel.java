// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.probe.ProbeKind;

/**
 * A pod, its plan and a runtime in virtual time: each action is carried out at once, unless the test said that it fails. The
 * agent can forget everything at any moment, as a crash makes it do.
 */
final class PodModel {
    private static final int MAX_STEPS = 1_000;

    final FakeCri cri = new FakeCri();
    final List<Action> history = new ArrayList<>();
    final Set<String> failing = new HashSet<>();
    final Set<ProbeKind> failingProbes = new HashSet<>();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Pod pod;
    boolean finished;
    private PodMemory memory = PodMemory.EMPTY;
    private PodStatus status = new PodStatus();
    private Instant wakeAt = Instant.MIN;

    PodModel(Pod pod) {
        this.pod = pod;
    }

    /** Lets the plan act until it has nothing more to do at this moment. */
    PodModel settle() {
        for (int i = 0; i < MAX_STEPS; i++) {
            Decision decision = PodPlan.decide(new PodInput(pod, cri.view(), memory, false, now, "10.0.0.1"));
            memory = decision.memory();
            status = decision.status();
            wakeAt = decision.wakeAt();
            pod = new PodBuilder(pod).withStatus(status).build();
            if (finished || decision.actions().isEmpty()) {
                return this;
            }
            // actions of one decision run at the same time: none may count on an earlier one
            decision.actions().reversed().forEach(this::carryOut);
        }
        throw new IllegalStateException(
                "the plan does not come to rest: " + history.subList(history.size() - 10, history.size()));
    }

    /** Lets time pass, waking the plan whenever it asked for it. */
    PodModel pass(Duration duration) {
        Instant end = now.plus(duration);
        settle();
        while (!wakeAt.isAfter(end)) {
            if (wakeAt.isAfter(now)) {
                now = wakeAt;
            }
            settle();
        }
        now = end;
        return settle();
    }

    private void carryOut(Action action) {
        history.add(action);
        if (failing.contains(action.key())) {
            String reason = switch (action) {
                case Action.EnsureImage _ -> Failure.IMAGE_PULL;
                case Action.StartContainer _ -> Failure.CONFIG;
                default -> Failure.SANDBOX;
            };
            memory = memory.failed(
                    action.key(), Failure.after(memory.failures().get(action.key()), reason, "as told", now));
            return;
        }
        memory = memory.done(action.key());
        switch (action) {
            case Action.CreateSandbox a -> {
                if (a.replacedId() != null) {
                    cri.stopSandbox(a.replacedId(), now);
                }
                cri.createSandbox(a.attempt(), now);
            }
            case Action.StopSandbox a -> cri.stopSandbox(a.sandboxId(), now);
            case Action.RemoveSandbox a -> cri.removeSandbox(a.sandboxId());
            case Action.EnsureImage a -> memory = memory.imageReady(a.container(), "sha256:1");
            case Action.CancelPull _ -> {}
            case Action.StartContainer a -> {
                cri.start(a, now);
                memory = memory.imageUsed(a.container());
            }
            case Action.StopContainer a -> cri.exit(a.containerId(), 143, now);
            case Action.RemoveContainer a -> cri.remove(a.containerId());
            case Action.RunProbe a -> answer(a);
            case Action.FinishDeletion _ -> {
                if (!cri.running().isEmpty()) {
                    throw new IllegalStateException("finishes a pod that still runs: " + cri.running());
                }
                cri.sandboxes().stream().map(s -> s.id()).toList().forEach(cri::removeSandbox);
                finished = true;
            }
        }
    }

    private void answer(Action.RunProbe probe) {
        Probe spec = ProbePlan.probe(
                pod.getSpec().getContainers().stream()
                        .filter(c -> c.getName().equals(probe.container()))
                        .findFirst()
                        .orElseThrow(),
                probe.kind());
        var state = memory.probes().get(probe.containerId()).get(probe.kind());
        memory = memory.probed(
                probe.containerId(),
                probe.kind(),
                state.answered(probe.kind(), spec, !failingProbes.contains(probe.kind()), now));
    }

    /** The agent is killed and started again: it forgets everything; the API and the runtime do not. */
    PodModel restartAgent() {
        memory = PodMemory.EMPTY;
        return this;
    }

    PodModel exit(String container, int exitCode) {
        cri.running().stream()
                .filter(c -> c.name().equals(container))
                .map(ContainerView::id)
                .toList()
                .forEach(id -> cri.exit(id, exitCode, now));
        return this;
    }

    PodModel delete(long graceSeconds) {
        pod = new PodBuilder(pod)
                .editMetadata()
                .withDeletionTimestamp(now.plusSeconds(graceSeconds).toString())
                .withDeletionGracePeriodSeconds(graceSeconds)
                .endMetadata()
                .build();
        return this;
    }

    PodStatus status() {
        return status;
    }

    ContainerStatus container(String name) {
        return status.getContainerStatuses().stream()
                .filter(s -> s.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    String condition(String type) {
        return status.getConditions().stream()
                .filter(c -> c.getType().equals(type))
                .map(PodCondition::getStatus)
                .findFirst()
                .orElse("absent");
    }

    <A extends Action> List<A> actions(Class<A> kind) {
        return history.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
