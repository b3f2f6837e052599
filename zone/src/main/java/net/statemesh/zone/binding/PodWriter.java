// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.binding;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import net.statemesh.api.StatusConditions;
import net.statemesh.zone.exact.ExactDeletion;
import net.statemesh.zone.exact.ExactPatch;
import net.statemesh.zone.plan.Conditions;
import org.jspecify.annotations.Nullable;

/** Writes to a pod that is still the one that was decided about. */
final class PodWriter {
    private static final int MAX_ATTEMPTS = 3;
    private static final int NOT_FOUND = 404;
    /** The version of the pod is another now, or its uid: which of the two, the API server says by either code. */
    private static final Set<Integer> STALE = Set.of(409, 422);

    private final KubernetesClient client;
    private final Clock clock;

    PodWriter(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** One request to the API server; conflicts mean that the pod has changed. */
    interface Write {
        void to(Pod pod);
    }

    /** Looks again when the pod has changed meanwhile. Gives false when there is nothing to write to any more. */
    boolean write(Pod seen, Predicate<Pod> wanted, Write write) {
        Pod pod = seen;
        for (int attempt = 1; pod != null && wanted.test(pod); attempt++) {
            try {
                write.to(pod);
                return true;
            } catch (KubernetesClientException e) {
                if (e.getCode() == NOT_FOUND) {
                    return false;
                }
                if (!STALE.contains(e.getCode()) || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                pod = again(pod);
            }
        }
        return false;
    }

    Pod annotate(Pod pod, String annotation, String value) {
        return ExactPatch.annotate(client, pod, Map.of(annotation, value));
    }

    /** @param nominated node that is promised to the pod; null leaves it as it is */
    Pod condition(Pod pod, String type, String status, String reason, String message, @Nullable String nominated) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", status);
        condition.put("reason", reason);
        condition.put("message", message);
        condition.put(
                "lastTransitionTime",
                StatusConditions.of(pod, type)
                        .filter(previous -> status.equals(previous.getStatus()))
                        .map(PodCondition::getLastTransitionTime)
                        .orElseGet(() -> Conditions.timestamp(clock.instant())));
        Map<String, Object> changes = new LinkedHashMap<>();
        changes.put("conditions", List.of(condition));
        if (nominated != null) {
            changes.put("nominatedNodeName", nominated);
        }
        return ExactPatch.status(client, pod, changes);
    }

    void end(Pod pod) {
        ExactDeletion.end(client, pod);
    }

    private @Nullable Pod again(Pod before) {
        Pod now = client.pods()
                .inNamespace(before.getMetadata().getNamespace())
                .withName(before.getMetadata().getName())
                .get();
        return now != null
                        && Objects.equals(
                                now.getMetadata().getUid(), before.getMetadata().getUid())
                ? now
                : null;
    }
}
