// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Is the node there, and does it take pods at all? */
final class NodeFilters {
    private static final Set<String> KEEP_OFF = Set.of("NoSchedule", "NoExecute");

    private NodeFilters() {}

    static @Nullable String ready(Demands pod, NodeFacts node) {
        return node.ready() ? null : "not ready";
    }

    static @Nullable String withoutPressure(Demands pod, NodeFacts node) {
        return node.pressures().isEmpty()
                ? null
                : "short of " + node.pressures().stream().sorted().collect(Collectors.joining(" and "));
    }

    static @Nullable String notCordoned(Demands pod, NodeFacts node) {
        if (!node.cordoned()) {
            return null;
        }
        return node.cordonedBy().isEmpty() ? "cordoned" : "cordoned by " + node.cordonedBy();
    }

    static @Nullable String tolerated(Demands pod, NodeFacts node) {
        for (Taint taint : node.taints()) {
            if (KEEP_OFF.contains(taint.getEffect())
                    && pod.tolerations().stream().noneMatch(toleration -> tolerates(toleration, taint))) {
                return "tainted " + taint.getKey() + ":" + taint.getEffect();
            }
        }
        return null;
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
