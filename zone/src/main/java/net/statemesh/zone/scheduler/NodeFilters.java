// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Is the node there, and does it take pods at all? */
final class NodeFilters {
    private static final Set<String> KEEP_OFF = Set.of("NoSchedule", "NoExecute");

    private NodeFilters() {}

    static Optional<Refusal> ready(PodRequest pod, NodeState node) {
        return node.ready() ? Optional.empty() : Optional.of(Refusal.of("NodeReady", "not ready"));
    }

    static Optional<Refusal> withoutPressure(PodRequest pod, NodeState node) {
        return node.pressures().isEmpty()
                ? Optional.empty()
                : Optional.of(Refusal.of(
                        "Pressure",
                        "short of " + node.pressures().stream().sorted().collect(Collectors.joining(" and "))));
    }

    static Optional<Refusal> notCordoned(PodRequest pod, NodeState node) {
        if (!node.cordoned()) {
            return Optional.empty();
        }
        String by = node.cordonedBy().isEmpty() ? "" : " by " + node.cordonedBy();
        return Optional.of(Refusal.of("Cordon", "cordoned" + by));
    }

    static Optional<Refusal> tolerated(PodRequest pod, NodeState node) {
        return node.taints().stream()
                .filter(taint -> KEEP_OFF.contains(taint.getEffect()))
                .filter(taint -> pod.tolerations().stream().noneMatch(toleration -> tolerates(toleration, taint)))
                .findFirst()
                .map(taint -> Refusal.of("Taints", "tainted " + taint.getKey() + ":" + taint.getEffect()));
    }

    /** Kubernetes API, core/v1 Toleration: an empty key with Exists matches all, an empty effect every effect. */
    private static boolean tolerates(Toleration toleration, Taint taint) {
        boolean effect =
                isEmpty(toleration.getEffect()) || toleration.getEffect().equals(taint.getEffect());
        boolean key = isEmpty(toleration.getKey()) || toleration.getKey().equals(taint.getKey());
        boolean value = "Exists".equals(toleration.getOperator())
                || (!isEmpty(toleration.getKey())
                        && Objects.equals(
                                Objects.requireNonNullElse(toleration.getValue(), ""),
                                Objects.requireNonNullElse(taint.getValue(), "")));
        return effect && key && value;
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
