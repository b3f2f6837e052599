// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import net.statemesh.api.Annotations;
import net.statemesh.api.StatusConditions;

/** Reads from a pod whether it may get requests, and where. */
final class Replicas {
    private Replicas() {}

    /** Neither ended nor asked to end, and with an address. */
    static boolean isAlive(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getPodIP() != null
                && !pod.getStatus().getPodIP().isEmpty()
                && !"Succeeded".equals(pod.getStatus().getPhase())
                && !"Failed".equals(pod.getStatus().getPhase());
    }

    /** Ready for new requests: one that is about to be ended only finishes those that it has. */
    static boolean isReady(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        boolean draining = annotations != null && annotations.containsKey(Annotations.DRAINING_SINCE);
        return !draining && StatusConditions.isReady(pod);
    }

    static List<Endpoint> endpoints(List<Pod> pods, int port) {
        return pods.stream()
                .map(pod -> new Endpoint(
                        pod.getStatus().getPodIP(), port, pod.getMetadata().getName()))
                .toList();
    }
}
