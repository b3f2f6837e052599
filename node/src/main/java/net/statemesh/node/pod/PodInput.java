// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.cri.PodView;
import net.statemesh.node.cri.SandboxView;

/**
 * Everything a decision about one pod depends on.
 *
 * @param gone the API confirmed that the pod no longer exists
 * @param hostIp address of this node
 */
record PodInput(Pod pod, PodView view, PodMemory memory, boolean gone, Instant now, String hostIp) {
    boolean terminating() {
        return gone || pod.getMetadata().getDeletionTimestamp() != null;
    }

    String uid() {
        return pod.getMetadata().getUid();
    }

    List<Container> initContainers() {
        return pod.getSpec().getInitContainers();
    }

    List<Container> mainContainers() {
        return pod.getSpec().getContainers();
    }

    Stream<Container> allContainers() {
        return Stream.concat(initContainers().stream(), mainContainers().stream());
    }

    boolean isInit(String name) {
        return initContainers().stream().anyMatch(c -> c.getName().equals(name));
    }

    /** The sandbox in use: the newest one if it is ready. */
    Optional<SandboxView> readySandbox() {
        return view.sandbox().filter(SandboxView::ready);
    }

    /** The newest container of this name in the newest sandbox. */
    Optional<ContainerView> current(String name) {
        String sandbox = view.sandbox().map(SandboxView::id).orElse("");
        return view.newest(name).filter(c -> c.sandboxId().equals(sandbox));
    }

    /** Whether a container that ended this way runs again. */
    boolean restarts(ContainerView ended) {
        String policy = pod.getSpec().getRestartPolicy() == null
                ? "Always"
                : pod.getSpec().getRestartPolicy();
        return switch (policy) {
            case "Never" -> false;
            case "OnFailure" -> ended.exitCode() != 0;
            default -> ended.exitCode() != 0 || !isInit(ended.name());
        };
    }

    /** The init container whose turn it is in the newest sandbox; empty when all are done. */
    Optional<Container> nextInit() {
        if (mainContainers().stream().anyMatch(c -> current(c.getName()).isPresent())) {
            return Optional.empty();
        }
        List<Container> inits = initContainers();
        for (int i = inits.size() - 1; i >= 0; i--) {
            Optional<ContainerView> current = current(inits.get(i).getName());
            if (current.isPresent()) {
                boolean done = current.get().exited() && current.get().exitCode() == 0;
                int turn = done ? i + 1 : i;
                return turn < inits.size() ? Optional.of(inits.get(turn)) : Optional.empty();
            }
        }
        return inits.stream().findFirst();
    }

    /** An init container that ended badly and is not tried again. */
    boolean initFailed() {
        return initContainers().stream()
                .flatMap(c -> view.newest(c.getName()).stream())
                .anyMatch(c -> c.exited() && c.exitCode() != 0 && !restarts(c));
    }

    /** Nothing of the pod will ever run again. */
    boolean finished() {
        return initFailed()
                || mainContainers().stream()
                        .allMatch(c -> view.newest(c.getName())
                                .filter(n -> n.exited() && !restarts(n))
                                .isPresent());
    }
}
