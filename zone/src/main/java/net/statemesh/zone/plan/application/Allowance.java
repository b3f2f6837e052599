// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.statemesh.api.Quantities;
import net.statemesh.api.project.ProjectQuota;
import org.jspecify.annotations.Nullable;

/**
 * What a project may still reserve.
 *
 * @param cpuMillis thousandths of a core
 * @param memoryBytes bytes
 * @param pods pods
 */
public record Allowance(long cpuMillis, long memoryBytes, long pods) {
    public static final Allowance UNLIMITED = new Allowance(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /** What the quota leaves after these pods; ended ones reserve nothing. */
    public static Allowance left(@Nullable ProjectQuota quota, Collection<Pod> pods) {
        if (quota == null) {
            return UNLIMITED;
        }
        Allowance used = used(pods);
        return new Allowance(
                quota.cpu() == null ? Long.MAX_VALUE : Quantities.cpuMillis(quota.cpu()) - used.cpuMillis(),
                quota.memory() == null ? Long.MAX_VALUE : Quantities.bytes(quota.memory()) - used.memoryBytes(),
                quota.pods() == null ? Long.MAX_VALUE : quota.pods() - used.pods());
    }

    /** What these pods reserve together. */
    public static Allowance used(Collection<Pod> pods) {
        List<Pod> counted = pods.stream().filter(Allowance::reserves).toList();
        return new Allowance(
                counted.stream().mapToLong(Allowance::cpuMillis).sum(),
                counted.stream().mapToLong(Allowance::memoryBytes).sum(),
                counted.size());
    }

    /** How many more pods like this one fit. */
    int fits(Pod pod) {
        long fits = Math.min(pods, Math.min(perPod(cpuMillis, cpuMillis(pod)), perPod(memoryBytes, memoryBytes(pod))));
        return Math.clamp(fits, 0, Integer.MAX_VALUE);
    }

    /** What is left, for people. */
    String describe() {
        List<String> parts = new ArrayList<>();
        if (cpuMillis != Long.MAX_VALUE) {
            parts.add(Quantities.ofCpuMillis(Math.max(0, cpuMillis)) + " CPU");
        }
        if (memoryBytes != Long.MAX_VALUE) {
            parts.add(Quantities.ofBytes(Math.max(0, memoryBytes)) + " memory");
        }
        if (pods != Long.MAX_VALUE) {
            parts.add(Math.max(0, pods) + " replicas");
        }
        return String.join(", ", parts);
    }

    /** Thousandths of a core that a pod reserves: its containers together, or its largest init container. */
    public static long cpuMillis(Pod pod) {
        return reserved(pod, requests -> Quantities.cpuMillis(requests.get("cpu")));
    }

    /** Bytes that a pod reserves: its containers together, or its largest init container. */
    public static long memoryBytes(Pod pod) {
        return reserved(pod, requests -> Quantities.bytes(requests.get("memory")));
    }

    private static boolean reserves(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return !"Failed".equals(phase) && !"Succeeded".equals(phase);
    }

    private static long perPod(long left, long each) {
        return each == 0 ? Long.MAX_VALUE : left / each;
    }

    private static long reserved(Pod pod, Function<Map<String, Quantity>, Long> amount) {
        long together = pod.getSpec().getContainers().stream()
                .mapToLong(container -> amount.apply(requests(container)))
                .sum();
        long largestInit = pod.getSpec().getInitContainers().stream()
                .mapToLong(container -> amount.apply(requests(container)))
                .max()
                .orElse(0);
        return Math.max(together, largestInit);
    }

    private static Map<String, Quantity> requests(Container container) {
        ResourceRequirements resources = container.getResources();
        return resources == null || resources.getRequests() == null ? Map.of() : resources.getRequests();
    }
}
