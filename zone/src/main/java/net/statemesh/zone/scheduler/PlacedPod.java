// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/**
 * A pod that takes room on a node.
 *
 * @param key {@code namespace/name}
 * @param ending whether it was told to end and makes room soon
 * @param apart applications whose replicas must not come near it
 */
public record PlacedPod(
        String uid,
        String key,
        String node,
        String application,
        Resources resources,
        int priority,
        boolean ending,
        List<NeighbourRule> apart) {
    /** Of a pod that has a node. */
    static PlacedPod of(Pod pod) {
        return new PlacedPod(
                pod.getMetadata().getUid(),
                pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName(),
                pod.getSpec().getNodeName(),
                PodRequest.application(pod),
                PodRequest.reserved(pod),
                PodRequest.priority(pod),
                pod.getMetadata().getDeletionTimestamp() != null,
                required(PlacementRules.of(pod).apart()));
    }

    /** As it will be once it has the node. */
    static PlacedPod of(PodRequest pod, String node) {
        return new PlacedPod(
                pod.uid(),
                pod.key(),
                node,
                pod.application(),
                pod.resources(),
                pod.priority(),
                false,
                required(pod.apart()));
    }

    PlacedPod asEnding(boolean told) {
        return new PlacedPod(uid, key, node, application, resources, priority, told, apart);
    }

    private static List<NeighbourRule> required(List<NeighbourRule> rules) {
        return rules.stream().filter(NeighbourRule::required).toList();
    }
}
