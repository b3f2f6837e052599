// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.drain;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Labels;
import net.statemesh.api.Reason;
import net.statemesh.api.StatusConditions;

/**
 * How far the drain of a node has come, as its condition {@code Drained} says it. Pure.
 *
 * @param status {@code True} when no replica is left
 */
record DrainProgress(String status, String reason, String message) {
    private static final int MAX_NAMED = 10;
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    /** What the condition should say; empty when there is nothing to say about this node. */
    static Optional<DrainProgress> of(Node node, Collection<Pod> pods) {
        Optional<String> by = DrainedNodes.by(node);
        if (by.isEmpty()) {
            return condition(node)
                    .map(said -> new DrainProgress("False", Reason.UNCORDONED, "replicas may come to this node again"));
        }
        List<String> left = pods.stream()
                .filter(pod -> node.getMetadata().getName().equals(pod.getSpec().getNodeName()))
                .filter(pod -> pod.getMetadata().getLabels() != null
                        && pod.getMetadata().getLabels().containsKey(Labels.APPLICATION))
                .filter(pod -> pod.getStatus() == null
                        || !ENDED.contains(pod.getStatus().getPhase()))
                .map(pod -> pod.getMetadata().getName())
                .sorted()
                .toList();
        if (left.isEmpty()) {
            return Optional.of(new DrainProgress("True", Reason.DRAINED, "drained by " + by.get()));
        }
        String names = left.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
        return Optional.of(new DrainProgress(
                "False", Reason.DRAINING, "drained by " + by.get() + ", replicas left " + left.size() + ": " + names));
    }

    static Optional<NodeCondition> condition(Node node) {
        return StatusConditions.of(node, ConditionTypes.DRAINED);
    }

    boolean isSaidBy(Node node) {
        return condition(node)
                .filter(said -> status.equals(said.getStatus())
                        && reason.equals(said.getReason())
                        && message.equals(said.getMessage()))
                .isPresent();
    }
}
