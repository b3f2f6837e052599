// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.binding;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import net.statemesh.api.StatusConditions;
import net.statemesh.zone.deletion.ExactDeletion;
import net.statemesh.zone.plan.Conditions;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a pod that is still the one that was decided about: every write names its uid and version, so that neither a pod of the same
 * name nor a newer state is written over.
 */
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
        Map<String, Object> metadata = identity(pod);
        metadata.put("annotations", Map.of(annotation, value));
        return client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), DecisionRecord.write(Map.of("metadata", metadata)));
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
        return client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.STRATEGIC_MERGE),
                        DecisionRecord.write(Map.of("metadata", identity(pod), "status", changes)));
    }

    void end(Pod pod) {
        ExactDeletion.end(client, pod);
    }

    private static Map<String, Object> identity(Pod pod) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", pod.getMetadata().getUid());
        metadata.put("resourceVersion", pod.getMetadata().getResourceVersion());
        return metadata;
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
