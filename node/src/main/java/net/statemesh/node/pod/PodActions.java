// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.NodeErrors;
import net.statemesh.node.container.ContainerConfigs;
import net.statemesh.node.container.OomScore;
import net.statemesh.node.container.PodFields;
import net.statemesh.node.container.References;
import net.statemesh.node.container.SandboxConfigs;
import net.statemesh.node.cri.ContainerRuntime;
import net.statemesh.node.cri.PodView;
import net.statemesh.node.cri.SandboxView;
import net.statemesh.node.cri.wire.PodSandboxConfig;
import net.statemesh.node.image.ImagePull;
import net.statemesh.node.probe.Prober;
import net.statemesh.node.state.PodPaths;
import net.statemesh.node.state.PrivateFiles;

/** Carries out one action of a plan and answers what is to be remembered of it. */
final class PodActions {
    private final NodeServices node;
    private final ContainerRuntime runtime;

    PodActions(NodeServices node) {
        this.node = node;
        this.runtime = node.runtime();
    }

    /**
     * What an action works on.
     *
     * @param status the last status, for the final report
     */
    record Target(Pod pod, PodView view, PodStatus status, boolean gone) {
        String podIp() {
            return view.sandbox().map(SandboxView::ip).orElse("");
        }

        Container container(String name) {
            return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                    .filter(c -> c.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no container " + name));
        }
    }

    /** Blocks until the action has ended. */
    UnaryOperator<PodMemory> perform(Action action, Target target) throws ActionFailed {
        return switch (action) {
            case Action.CreateSandbox a -> createSandbox(a, target);
            case Action.StopSandbox a -> done(() -> runtime.stopSandbox(a.sandboxId()));
            case Action.RemoveSandbox a -> done(() -> runtime.removeSandbox(a.sandboxId()));
            case Action.EnsureImage a -> ensureImage(a, target);
            case Action.CancelPull _ -> memory -> memory;
            case Action.StartContainer a -> start(a, target);
            case Action.StopContainer a -> stop(a, target);
            case Action.RemoveContainer a -> remove(a, target);
            case Action.RunProbe a -> probe(a, target);
            case Action.FinishDeletion _ -> done(() -> new PodRemoval(node).finish(target));
        };
    }

    private static UnaryOperator<PodMemory> done(Runnable work) {
        work.run();
        return memory -> memory;
    }

    private UnaryOperator<PodMemory> createSandbox(Action.CreateSandbox action, Target target) throws ActionFailed {
        try {
            if (action.replacedId() != null) {
                runtime.stopSandbox(action.replacedId());
            }
            PrivateFiles.directory(node.paths().pod(target.pod().getMetadata().getUid()));
            PrivateFiles.directory(node.paths().logs(target.pod()));
            node.cgroups().create(target.pod());
            runtime.runSandbox(config(target.pod(), action.attempt()));
            return memory -> memory;
        } catch (StateMeshException e) {
            node.events().warning(target.pod(), Failure.SANDBOX, e.sentence());
            throw new ActionFailed(Failure.SANDBOX, e.sentence(), e);
        }
    }

    private PodSandboxConfig config(Pod pod, int attempt) {
        return SandboxConfigs.of(
                pod, attempt, node.cgroups().path(pod), node.paths().logs(pod).toString());
    }

    private UnaryOperator<PodMemory> ensureImage(Action.EnsureImage action, Target target) throws ActionFailed {
        Container container = target.container(action.container());
        try {
            String image = node.images()
                    .ensure(
                            target.pod(),
                            container,
                            config(target.pod(), attempt(target)),
                            references(target.pod()),
                            name -> node.events().normal(target.pod(), "Pulling", "Pulling image \"" + name + "\""));
            return memory -> memory.imageReady(action.container(), image);
        } catch (ImagePull.NeverPulled e) {
            node.events().warning(target.pod(), Failure.IMAGE_NEVER_PULL, String.valueOf(e.getMessage()));
            throw new ActionFailed(Failure.IMAGE_NEVER_PULL, String.valueOf(e.getMessage()), e);
        } catch (StateMeshException e) {
            node.events().warning(target.pod(), "Failed", "Failed to pull image: " + e.sentence());
            throw new ActionFailed(Failure.IMAGE_PULL, e.sentence(), e);
        }
    }

    private static int attempt(Target target) {
        return target.view().sandbox().map(SandboxView::attempt).orElse(0);
    }

    private UnaryOperator<PodMemory> start(Action.StartContainer action, Target target) throws ActionFailed {
        Container container = target.container(action.container());
        PodFields fields = new PodFields(target.pod(), target.podIp(), node.hostIp(), node.capacity());
        PodSandboxConfig sandbox = config(target.pod(), attempt(target));
        String id = null;
        try {
            References references = references(target.pod());
            PrivateFiles.directory(node.paths().logs(target.pod()).resolve(container.getName()));
            var start = new ContainerConfigs.Start(
                    container,
                    action.attempt(),
                    action.restartStep(),
                    action.imageRef(),
                    runtime.image(action.imageRef()),
                    node.volumes().mounts(container, action.attempt(), fields, references),
                    OomScore.of(Qos.of(target.pod().getSpec()) == Qos.GUARANTEED, container, node.capacity()));
            id = runtime.createContainer(action.sandboxId(), ContainerConfigs.of(start, fields, references), sandbox);
            runtime.startContainer(id);
        } catch (StateMeshException e) {
            boolean config =
                    e.code().equals(NodeErrors.REFERENCE_MISSING) || e.code().equals(NodeErrors.POD_REFUSED);
            String reason = config ? Failure.CONFIG : id == null ? Failure.CREATE : Failure.RUN;
            node.events().warning(target.pod(), "Failed", e.sentence());
            throw new ActionFailed(reason, e.sentence(), e);
        }
        postStart(container, id, target);
        node.events().normal(target.pod(), "Started", "Started container " + container.getName());
        return memory -> memory.imageUsed(action.container());
    }

    /** A failed postStart hook ends the container, which then restarts as any other that ended. */
    private void postStart(Container container, String id, Target target) {
        if (container.getLifecycle() == null || container.getLifecycle().getPostStart() == null) {
            return;
        }
        Prober.Answer answer = new Hooks(node)
                .run(
                        container.getLifecycle().getPostStart(),
                        container,
                        id,
                        target.podIp(),
                        PodPlan.podGrace(target.pod()));
        if (!answer.success()) {
            node.events().warning(target.pod(), "FailedPostStartHook", answer.evidence());
            runtime.stopContainer(id, PodPlan.podGrace(target.pod()));
        }
    }

    private UnaryOperator<PodMemory> stop(Action.StopContainer action, Target target) {
        node.events()
                .normal(target.pod(), "Killing", "Stopping container " + action.container() + ": " + action.reason());
        Duration left = action.grace();
        Container container = target.container(action.container());
        boolean hook =
                container.getLifecycle() != null && container.getLifecycle().getPreStop() != null;
        if (hook && !action.grace().isZero()) {
            left = new Hooks(node).preStop(container, action.containerId(), target, action.grace());
        }
        runtime.stopContainer(action.containerId(), left);
        return memory -> memory;
    }

    private UnaryOperator<PodMemory> remove(Action.RemoveContainer action, Target target) {
        runtime.removeContainer(action.containerId());
        net.statemesh.node.logs.LogFiles.remove(
                node.paths().logs(target.pod()).resolve(PodPaths.log(action.container(), action.attempt())));
        return memory -> memory;
    }

    private UnaryOperator<PodMemory> probe(Action.RunProbe action, Target target) {
        Container container = target.container(action.container());
        Probe probe = ProbePlan.probe(container, action.kind());
        if (probe == null) {
            return memory -> memory;
        }
        Prober.Answer answer = node.prober().ask(probe, container, action.containerId(), target.podIp());
        if (!answer.success()) {
            node.events()
                    .warning(
                            target.pod(),
                            "Unhealthy",
                            ProbePlan.words(action.kind()) + " probe failed: " + answer.evidence());
        }
        return memory -> Optional.ofNullable(memory.probes().get(action.containerId()))
                .map(states -> states.get(action.kind()))
                .map(state -> memory.probed(
                        action.containerId(),
                        action.kind(),
                        state.answered(
                                action.kind(),
                                probe,
                                answer.success(),
                                node.clock().instant())))
                .orElse(memory);
    }

    private References references(Pod pod) {
        return new ApiReferences(node.api(), node.known(), pod.getMetadata().getNamespace());
    }
}
