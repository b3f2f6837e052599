// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.cri.ContainerView.State;
import net.statemesh.node.cri.Labels;
import net.statemesh.node.cri.PodView;
import net.statemesh.node.cri.SandboxView;

/** The runtime's side of one pod as plain state: what exists, and what processes do to themselves. */
final class FakeCri {
    private final List<SandboxView> sandboxes = new ArrayList<>();
    private final List<ContainerView> containers = new ArrayList<>();
    private int ids;

    PodView view() {
        return new PodView(sandboxes, containers);
    }

    void createSandbox(int attempt, Instant now) {
        if (sandboxes.stream().anyMatch(s -> s.attempt() == attempt)) {
            throw new IllegalStateException("sandbox attempt " + attempt + " exists");
        }
        sandboxes.add(new SandboxView("s" + ids++, attempt, true, now, "10.0.0." + (2 + attempt)));
    }

    void stopSandbox(String id, Instant now) {
        sandboxes.replaceAll(s -> s.id().equals(id) ? new SandboxView(id, s.attempt(), false, s.createdAt(), "") : s);
        containers.stream()
                .filter(c -> c.sandboxId().equals(id) && c.running())
                .toList()
                .forEach(c -> exit(c.id(), 137, now));
    }

    void removeSandbox(String id) {
        sandboxes.removeIf(s -> s.id().equals(id));
        containers.removeIf(c -> c.sandboxId().equals(id));
    }

    void start(Action.StartContainer action, Instant now) {
        boolean taken = containers.stream()
                .anyMatch(c -> c.name().equals(action.container()) && c.attempt() == action.attempt());
        boolean sandboxReady = sandboxes.stream().anyMatch(s -> s.id().equals(action.sandboxId()) && s.ready());
        if (taken || !sandboxReady) {
            throw new IllegalStateException("cannot start " + action);
        }
        containers.add(new ContainerView(
                "c" + ids++,
                action.sandboxId(),
                action.container(),
                action.attempt(),
                State.RUNNING,
                now,
                now,
                Instant.EPOCH,
                0,
                "",
                "",
                "image",
                action.imageRef(),
                Map.of(Labels.RESTART_STEP, String.valueOf(action.restartStep()))));
    }

    /** The process of a running container ends. */
    void exit(String id, int exitCode, Instant now) {
        replace(
                id,
                c -> new ContainerView(
                        c.id(),
                        c.sandboxId(),
                        c.name(),
                        c.attempt(),
                        State.EXITED,
                        c.createdAt(),
                        c.startedAt(),
                        now,
                        exitCode,
                        "",
                        "",
                        c.image(),
                        c.imageRef(),
                        c.annotations()));
    }

    void remove(String id) {
        if (containers.stream().anyMatch(c -> c.id().equals(id) && c.running())) {
            throw new IllegalStateException("removes the running container " + id);
        }
        containers.removeIf(c -> c.id().equals(id));
    }

    List<ContainerView> running() {
        return containers.stream().filter(ContainerView::running).toList();
    }

    List<SandboxView> sandboxes() {
        return sandboxes;
    }

    /** All of its data is lost, as when its disk was replaced. */
    void forget() {
        sandboxes.clear();
        containers.clear();
    }

    boolean isEmpty() {
        return sandboxes.isEmpty() && containers.isEmpty();
    }

    private void replace(String id, UnaryOperator<ContainerView> change) {
        containers.replaceAll(c -> c.id().equals(id) ? change.apply(c) : c);
    }
}
