// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeSpec;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.statemesh.api.Annotations;
import net.statemesh.api.Labels;
import net.statemesh.api.Quantities;
import net.statemesh.api.application.Domain;
import org.jspecify.annotations.Nullable;

/**
 * What is true of a node whatever runs there.
 *
 * @param pressures what the node is short of, for people: {@code memory}, {@code disk}, {@code process ids}
 * @param cordonedBy who cordoned it, for people; empty when nobody is known
 */
public record NodeFacts(
        String name,
        Map<String, String> labels,
        boolean ready,
        Set<String> pressures,
        boolean cordoned,
        String cordonedBy,
        List<Taint> taints,
        Resources allocatable,
        Set<String> images) {
    /** Conditions of a node that ask for no more pods, and what they mean. */
    private static final Map<String, String> PRESSURES =
            Map.of("MemoryPressure", "memory", "DiskPressure", "disk", "PIDPressure", "process ids");

    /** Of a node that was not seen, or no more. */
    static NodeFacts unknown(String name) {
        return new NodeFacts(name, Map.of(), false, Set.of(), false, "", List.of(), Resources.NONE, Set.of());
    }

    static NodeFacts of(Node node) {
        NodeStatus status = Objects.requireNonNullElseGet(node.getStatus(), NodeStatus::new);
        NodeSpec spec = Objects.requireNonNullElseGet(node.getSpec(), NodeSpec::new);
        Map<String, String> labels = Map.copyOf(orEmpty(node.getMetadata().getLabels()));
        return new NodeFacts(
                node.getMetadata().getName(),
                labels,
                isReady(status),
                pressures(status),
                Boolean.TRUE.equals(spec.getUnschedulable()),
                orEmpty(node.getMetadata().getAnnotations()).getOrDefault(Annotations.CORDONED_BY, ""),
                List.copyOf(spec.getTaints()),
                allocatable(status, labels),
                images(status));
    }

    /** The node's domain of this kind; null when the node does not say. */
    @Nullable
    String domain(Domain kind) {
        return kind == Domain.NODE ? name : labels.get(kind.label());
    }

    private static Set<String> pressures(NodeStatus status) {
        return status.getConditions().stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> PRESSURES.get(condition.getType()))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isReady(NodeStatus status) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals("Ready"))
                .map(NodeCondition::getStatus)
                .anyMatch("True"::equals);
    }

    private static Resources allocatable(NodeStatus status, Map<String, String> labels) {
        Map<String, Quantity> amounts = status.getAllocatable() == null ? Map.of() : status.getAllocatable();
        return new Resources(
                Quantities.cpuMillis(amounts.get("cpu")),
                Quantities.bytes(amounts.get("memory")),
                Quantities.count(amounts.get("pods")),
                WholeNumber.of(labels.get(Labels.NODE_GPU)));
    }

    private static Set<String> images(NodeStatus status) {
        return status.getImages().stream()
                .map(ContainerImage::getNames)
                .flatMap(List::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
