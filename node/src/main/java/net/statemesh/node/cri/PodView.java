// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.cri;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One pod as the runtime shows it.
 *
 * @param sandboxes newest first
 * @param containers newest attempt first
 */
public record PodView(List<SandboxView> sandboxes, List<ContainerView> containers) {
    /** A pod of which the runtime knows nothing. */
    public static final PodView NOTHING = new PodView(List.of(), List.of());

    public PodView {
        sandboxes = sandboxes.stream()
                .sorted(Comparator.comparingInt(SandboxView::attempt).reversed())
                .toList();
        containers = containers.stream()
                .sorted(Comparator.comparingInt(ContainerView::attempt).reversed())
                .toList();
    }

    /** The newest sandbox. */
    public Optional<SandboxView> sandbox() {
        return sandboxes.stream().findFirst();
    }

    /** All containers of this name, newest attempt first. */
    public List<ContainerView> named(String name) {
        return containers.stream().filter(c -> c.name().equals(name)).toList();
    }

    /** The newest container of this name. */
    public Optional<ContainerView> newest(String name) {
        return named(name).stream().findFirst();
    }

    public boolean isEmpty() {
        return sandboxes.isEmpty() && containers.isEmpty();
    }
}
