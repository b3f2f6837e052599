// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.UncheckedIOException;
import java.util.List;

/** A merge patch (RFC 7396) that sets a pod's status as a whole, for this very pod and not for a later one of the same name. */
final class StatusPatch {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What a status may have had before and has no longer. */
    private static final List<String> CLEARED =
            List.of("reason", "message", "podIP", "podIPs", "initContainerStatuses");

    private StatusPatch() {}

    static String of(Pod pod, PodStatus status, KubernetesSerialization serialization) {
        try {
            ObjectNode fields = (ObjectNode) JSON.readTree(serialization.asJson(status));
            CLEARED.stream().filter(name -> !fields.has(name)).forEach(fields::putNull);
            ObjectNode patch = JSON.createObjectNode();
            patch.putObject("metadata").put("uid", pod.getMetadata().getUid());
            patch.set("status", fields);
            return JSON.writeValueAsString(patch);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
