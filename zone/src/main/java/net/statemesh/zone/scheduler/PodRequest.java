// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.statemesh.api.Labels;
import net.statemesh.api.project.Profile;
import net.statemesh.zone.plan.application.Allowance;

/**
 * What a pod asks of a node.
 *
 * @param project namespace of the pod
 * @param application what the pod is a replica of; replicas of one application are spread
 * @param terms required node affinity: one of these must match; none: every node does
 */
public record PodRequest(
        String project,
        Profile profile,
        String application,
        Resources resources,
        Map<String, String> nodeSelector,
        List<NodeSelectorTerm> terms,
        List<Toleration> tolerations,
        List<String> images) {

    public static PodRequest of(Pod pod, Profile profile) {
        PodSpec spec = pod.getSpec();
        return new PodRequest(
                pod.getMetadata().getNamespace(),
                profile,
                application(pod),
                reserved(pod),
                Objects.requireNonNullElse(spec.getNodeSelector(), Map.of()),
                terms(spec),
                Objects.requireNonNullElse(spec.getTolerations(), List.of()),
                spec.getContainers().stream()
                        .map(container -> Objects.requireNonNullElse(container.getImage(), ""))
                        .toList());
    }

    /** What the pod reserves on its node. */
    static Resources reserved(Pod pod) {
        return new Resources(Allowance.cpuMillis(pod), Allowance.memoryBytes(pod), 1);
    }

    /** The same text for all replicas of an application. */
    static String application(Pod pod) {
        Map<String, String> labels =
                Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        return pod.getMetadata().getNamespace() + "/"
                + labels.getOrDefault(Labels.APPLICATION, pod.getMetadata().getName());
    }

    private static List<NodeSelectorTerm> terms(PodSpec spec) {
        if (spec.getAffinity() == null
                || spec.getAffinity().getNodeAffinity() == null
                || spec.getAffinity().getNodeAffinity().getRequiredDuringSchedulingIgnoredDuringExecution() == null) {
            return List.of();
        }
        return spec.getAffinity()
                .getNodeAffinity()
                .getRequiredDuringSchedulingIgnoredDuringExecution()
                .getNodeSelectorTerms();
    }
}
