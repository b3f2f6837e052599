// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Optional;

/** What the status of a Kubernetes object says under a condition's type; an object without a status says nothing. */
public final class StatusConditions {
    public static final String READY = "Ready";

    private StatusConditions() {}

    public static Optional<NodeCondition> of(Node node, String type) {
        return node.getStatus() == null
                ? Optional.empty()
                : node.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    public static Optional<PodCondition> of(Pod pod, String type) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> type.equals(condition.getType()))
                        .findFirst();
    }

    /** Whether its node says that the pod is ready. */
    public static boolean isReady(Pod pod) {
        return of(pod, READY)
                .filter(condition -> Condition.TRUE.equals(condition.getStatus()))
                .isPresent();
    }
}
