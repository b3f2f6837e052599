// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.Optional;
import net.statemesh.api.Quantities;

/** Is there room on the node? */
final class ResourceFilters {
    private ResourceFilters() {}

    static Optional<Refusal> cpu(PodRequest pod, NodeState node) {
        long wanted = pod.resources().cpuMillis();
        long free = node.free().cpuMillis();
        return wanted <= free
                ? Optional.empty()
                : lack("Cpu", Quantities.ofCpuMillis(wanted) + " CPU", free, Quantities.ofCpuMillis(Math.max(0, free)));
    }

    static Optional<Refusal> memory(PodRequest pod, NodeState node) {
        long wanted = pod.resources().memoryBytes();
        long free = node.free().memoryBytes();
        return wanted <= free
                ? Optional.empty()
                : lack("Memory", Quantities.ofBytes(wanted) + " memory", free, Math.max(0, free) / (1 << 20) + "Mi");
    }

    static Optional<Refusal> pods(PodRequest pod, NodeState node) {
        long free = node.free().pods();
        return pod.resources().pods() <= free
                ? Optional.empty()
                : lack("Pods", "a free place for a pod", free, Math.max(0, free));
    }

    private static Optional<Refusal> lack(String filter, String what, long free, Object freeText) {
        return Optional.of(new Refusal(filter, "lack " + what, new Refusal.Figure(free, freeText.toString())));
    }
}
