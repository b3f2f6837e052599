// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.api.Annotations;
import net.statemesh.api.StatusConditions;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.ReplicaPorts;

/** Reads from a pod whether it may get requests, and where. */
final class Replicas {
    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** Where these replicas answer for an entrypoint; those that do not are left out. */
    static List<Endpoint> endpoints(List<Pod> pods, Entrypoint entrypoint) {
        return pods.stream()
                .flatMap(pod -> port(pod, entrypoint)
                        .map(port -> new Endpoint(
                                pod.getStatus().getPodIP(),
                                port,
                                pod.getMetadata().getName()))
                        .stream())
                .toList();
    }

    /** A replica that does not say what it was made for is taken to be made for what is wanted now. */
    private static Optional<Integer> port(Pod pod, Entrypoint entrypoint) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String ports = annotations == null ? null : annotations.get(Annotations.PORTS);
        if (ports == null) {
            return Optional.of(entrypoint.port());
        }
        try {
            return JSON.readValue(ports, ReplicaPorts.class).portFor(entrypoint);
        } catch (JsonProcessingException e) {
            return Optional.of(entrypoint.port());
        }
    }
}
