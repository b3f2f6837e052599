// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.statemesh.node.cri.ContainerView;
import org.jspecify.annotations.Nullable;

/** The status of each container in Kubernetes' terms. */
final class ContainerStatuses {
    private static final String ID_SCHEME = "containerd://";
    private static final String CREATING = "ContainerCreating";
    private static final String INITIALIZING = "PodInitializing";
    private static final String CRASH_LOOP = "CrashLoopBackOff";

    private ContainerStatuses() {}

    static ContainerStatus of(PodInput in, ProbePlan probes, Container spec) {
        List<ContainerView> views = in.view().named(spec.getName());
        Optional<ContainerView> newest = views.stream().findFirst();
        ContainerState state = state(in, spec, newest);
        ContainerStatusBuilder status = new ContainerStatusBuilder()
                .withName(spec.getName())
                .withImage(spec.getImage())
                .withImageID(newest.map(ContainerView::imageRef).orElse(""))
                .withContainerID(newest.map(c -> ID_SCHEME + c.id())
                        .or(() -> reported(in, spec.getName()).map(ContainerStatus::getContainerID))
                        .orElse(null))
                .withRestartCount(newest.map(ContainerView::attempt).orElseGet(() -> reportedCount(in, spec.getName())))
                .withState(state)
                .withReady(newest.filter(c -> ready(in, probes, c)).isPresent())
                .withStarted(
                        newest.filter(c -> c.running() && probes.started(c)).isPresent());
        lastTerminated(views, state)
                .map(c -> new ContainerStateBuilder()
                        .withTerminated(terminated(c))
                        .build())
                .ifPresent(status::withLastState);
        return status.build();
    }

    private static boolean ready(PodInput in, ProbePlan probes, ContainerView container) {
        return in.isInit(container.name())
                ? container.exited() && container.exitCode() == 0
                : container.running() && probes.ready(container);
    }

    private static ContainerState state(PodInput in, Container spec, Optional<ContainerView> newest) {
        if (newest.isEmpty() || newest.get().state() == ContainerView.State.CREATED) {
            return waiting(in, spec);
        }
        ContainerView container = newest.get();
        if (container.running() || container.state() == ContainerView.State.UNKNOWN) {
            return new ContainerStateBuilder()
                    .withNewRunning()
                    .withStartedAt(container.startedAt().toString())
                    .endRunning()
                    .build();
        }
        boolean again = in.restarts(container) && !in.terminating();
        if (again && failure(in, spec.getName()).isPresent()) {
            return waiting(in, spec);
        }
        if (again && Restarts.dueAt(container).isAfter(in.now())) {
            long seconds = Restarts.delay(Restarts.nextStep(container)).toSeconds();
            return waiting(CRASH_LOOP, "back-off " + seconds + " s before restarting container " + container.name());
        }
        return new ContainerStateBuilder().withTerminated(terminated(container)).build();
    }

    private static ContainerState waiting(PodInput in, Container spec) {
        String name = spec.getName();
        Optional<Failure> failure = failure(in, name);
        if (failure.isPresent()) {
            boolean pulling = in.memory().isUnderWay(Action.EnsureImage.key(name));
            return waiting(failure.get().shownReason(pulling), failure.get().message());
        }
        boolean waitsForInit = !in.initContainers().isEmpty() && (!in.isInit(name) || !isTurn(in, name));
        return waiting(waitsForInit && in.nextInit().isPresent() ? INITIALIZING : CREATING, null);
    }

    private static boolean isTurn(PodInput in, String name) {
        return in.nextInit().filter(c -> c.getName().equals(name)).isPresent();
    }

    private static ContainerState waiting(String reason, @Nullable String message) {
        return new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .build();
    }

    private static Optional<Failure> failure(PodInput in, String container) {
        return Stream.of(Action.StartContainer.key(container), Action.EnsureImage.key(container))
                .flatMap(key -> Optional.ofNullable(in.memory().failures().get(key)).stream())
                .findFirst();
    }

    /** The last container that ended before what the state shows. */
    private static Optional<ContainerView> lastTerminated(List<ContainerView> views, ContainerState state) {
        return views.stream()
                .filter(ContainerView::exited)
                .skip(state.getTerminated() == null ? 0 : 1)
                .findFirst();
    }

    private static ContainerStateTerminated terminated(ContainerView container) {
        String fallback = container.exitCode() == 0 ? "Completed" : "Error";
        return new ContainerStateTerminatedBuilder()
                .withContainerID(ID_SCHEME + container.id())
                .withExitCode(container.exitCode())
                .withReason(container.reason().isEmpty() ? fallback : container.reason())
                .withMessage(container.message().isEmpty() ? null : container.message())
                .withStartedAt(time(container.startedAt()))
                .withFinishedAt(time(container.finishedAt()))
                .build();
    }

    private static @Nullable String time(Instant instant) {
        return instant.equals(Instant.EPOCH) ? null : instant.toString();
    }

    /** What was last reported about a container: by this agent, or by the one before it. */
    static Optional<ContainerStatus> reported(PodInput in, String name) {
        PodStatus status =
                in.memory().status() != null ? in.memory().status() : in.pod().getStatus();
        return status == null
                ? Optional.empty()
                : Stream.concat(status.getContainerStatuses().stream(), status.getInitContainerStatuses().stream())
                        .filter(s -> s.getName().equals(name))
                        .findFirst();
    }

    /** Attempt number for a container that the runtime does not know: one more than any that was reported. */
    static int reportedAttempts(PodInput in, String name) {
        return reported(in, name)
                .filter(s -> s.getContainerID() != null && !s.getContainerID().isEmpty())
                .map(s -> s.getRestartCount() + 1)
                .orElseGet(() -> reportedCount(in, name));
    }

    private static int reportedCount(PodInput in, String name) {
        return reported(in, name).map(ContainerStatus::getRestartCount).orElse(0);
    }
}
