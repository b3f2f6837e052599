// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.statemesh.api.Labels;
import org.jspecify.annotations.Nullable;

/** Is the node of the kind that the pod needs? Required node affinity after the Kubernetes API, core/v1. */
final class RequirementFilters {
    private static final Map<String, String> NAMES = Map.of(
            Labels.NODE_CLASS, "class",
            Labels.NODE_DISK, "disk",
            Labels.NODE_GPU, "GPUs",
            Labels.NODE_ADDRESS, "address",
            Labels.NODE_VIRTUALISATION, "virtualisation",
            Labels.REGION, "region",
            Labels.ZONE, "zone");

    private RequirementFilters() {}

    static @Nullable String selector(Demands pod, NodeFacts node) {
        if (pod.nodeSelector().isEmpty()) {
            return null;
        }
        String missing = pod.nodeSelector().entrySet().stream()
                .filter(wanted -> !wanted.getValue().equals(node.labels().get(wanted.getKey())))
                .sorted(Map.Entry.comparingByKey())
                .map(wanted -> describe(wanted.getKey(), wanted.getValue()))
                .collect(Collectors.joining(", "));
        return missing.isEmpty() ? null : "lack " + missing;
    }

    static @Nullable String affinity(Demands pod, NodeFacts node) {
        if (pod.terms().isEmpty() || pod.terms().stream().anyMatch(term -> matches(term, node))) {
            return null;
        }
        return "lack "
                + pod.terms().stream()
                        .map(term -> expressions(term).stream()
                                .filter(expression -> !matches(expression, node))
                                .map(RequirementFilters::describe)
                                .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining(" or "));
    }

    /** A rule that is not understood is kept by no node: better no place than a wrong one. */
    static @Nullable String known(Demands pod, NodeFacts node) {
        return pod.unknown().isEmpty()
                ? null
                : "not usable: this scheduler does not know " + String.join(" and ", pod.unknown());
    }

    private static boolean matches(NodeSelectorTerm term, NodeFacts node) {
        boolean empty = expressions(term).isEmpty() && term.getMatchFields().isEmpty();
        return !empty
                && expressions(term).stream().allMatch(expression -> matches(expression, node))
                && term.getMatchFields().stream().allMatch(field -> matches(field, node.name()));
    }

    private static List<NodeSelectorRequirement> expressions(NodeSelectorTerm term) {
        return term.getMatchExpressions();
    }

    private static boolean matches(NodeSelectorRequirement expression, NodeFacts node) {
        return matches(expression, node.labels().get(expression.getKey()));
    }

    private static boolean matches(NodeSelectorRequirement expression, @Nullable String value) {
        List<String> values = expression.getValues();
        return switch (expression.getOperator()) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> compared(value, values).filter(order -> order > 0).isPresent();
            case "Lt" -> compared(value, values).filter(order -> order < 0).isPresent();
            default -> false;
        };
    }

    private static Optional<Integer> compared(@Nullable String value, List<String> values) {
        if (value == null || values.size() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.compare(Long.parseLong(value), Long.parseLong(values.getFirst())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String describe(NodeSelectorRequirement expression) {
        String name = NAMES.getOrDefault(expression.getKey(), "label " + expression.getKey());
        String values = String.join(" or ", expression.getValues());
        return switch (expression.getOperator()) {
            case "In" -> name + " " + values;
            case "NotIn" -> name + " other than " + values;
            case "Gt" -> expression.getKey().equals(Labels.NODE_GPU) ? gpus(values) : name + " above " + values;
            case "Lt" -> name + " below " + values;
            default -> name + " " + expression.getOperator();
        };
    }

    private static String gpus(String above) {
        long wanted = WholeNumber.of(above) + 1;
        return wanted == 1 ? "a GPU" : wanted + " GPUs";
    }

    private static String describe(String label, String value) {
        if (label.startsWith(Labels.NODE_CPU_FEATURE_PREFIX)) {
            return "CPU feature " + label.substring(Labels.NODE_CPU_FEATURE_PREFIX.length());
        }
        if (label.equals(Labels.NODE_VIRTUALISATION)) {
            return "virtualisation";
        }
        return NAMES.getOrDefault(label, "label " + label) + " " + value;
    }
}
