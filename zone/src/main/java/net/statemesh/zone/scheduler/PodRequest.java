// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.statemesh.api.Annotations;
import net.statemesh.api.Labels;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.Placement;
import net.statemesh.api.application.Priority;
import net.statemesh.api.project.Profile;
import net.statemesh.zone.plan.application.Allowance;
import org.jspecify.annotations.Nullable;

/**
 * What a pod asks of a node and of what is around it.
 *
 * @param key {@code namespace/name}
 * @param application {@code namespace/name} of what the pod is a replica of
 * @param priority larger goes first
 */
public record PodRequest(
        String uid,
        String key,
        Demands demands,
        String application,
        Resources resources,
        int priority,
        Policy policy,
        List<String> images,
        List<SpreadRule> spread,
        List<NeighbourRule> near,
        List<NeighbourRule> apart,
        @Nullable Gang gang) {
    private static final long MILLIS_PER_SECOND = 1000;

    public static PodRequest of(Pod pod, Profile profile) {
        PlacementRules rules = PlacementRules.of(pod);
        return new PodRequest(
                pod.getMetadata().getUid(),
                pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName(),
                rules.demands(profile),
                application(pod),
                reserved(pod),
                priority(pod),
                Policy.of(profile),
                pod.getSpec().getContainers().stream()
                        .map(container -> Objects.requireNonNullElse(container.getImage(), ""))
                        .toList(),
                rules.spread(),
                rules.near(),
                rules.apart(),
                gang(pod));
    }

    /** What the pod reserves on its node. */
    static Resources reserved(Pod pod) {
        return new Resources(
                Allowance.cpuMillis(pod),
                Allowance.memoryBytes(pod),
                1,
                WholeNumber.of(annotations(pod).get(Annotations.GPUS)));
    }

    /** The same text for all replicas of an application. */
    static String application(Pod pod) {
        return pod.getMetadata().getNamespace() + "/"
                + labels(pod).getOrDefault(Labels.APPLICATION, pod.getMetadata().getName());
    }

    /** By the pod's label, else as Kubernetes resolved its priority class. */
    static int priority(Pod pod) {
        return Priority.ofLabel(labels(pod).getOrDefault(Labels.PRIORITY, ""))
                .map(Priority::value)
                .orElseGet(() -> Objects.requireNonNullElse(pod.getSpec().getPriority(), 0));
    }

    private static @Nullable Gang gang(Pod pod) {
        long size = WholeNumber.of(annotations(pod).get(Annotations.GANG_SIZE));
        long timeout = WholeNumber.of(annotations(pod).get(Annotations.GANG_TIMEOUT_SECONDS));
        return size == 0
                ? null
                : new Gang(
                        Math.clamp(size, 1, ApplicationSpec.MAX_REPLICAS),
                        MILLIS_PER_SECOND * Math.clamp(timeout, 1, Placement.Gang.MAX_TIMEOUT_SECONDS));
    }

    private static Map<String, String> labels(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
    }

    private static Map<String, String> annotations(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
    }
}
