// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.statemesh.api.Labels;
import net.statemesh.kube.embedded.authn.User;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import org.jspecify.annotations.Nullable;

/** Holds a node to its own objects: its Node, its Lease, the pods bound to it. */
public final class NodeRestriction {
    private static final List<String> POD_METADATA = List.of("labels", "finalizers", "ownerReferences");
    private static final List<String> PLACING_LABELS =
            List.of(Labels.NODE_PROJECT, Labels.NODE_PROFILE, Labels.OPERATOR, Labels.REGION, Labels.ZONE);

    /** A node says once where it is, and whose. */
    private static final List<String> TOPOLOGY_LABELS = List.of(Labels.OPERATOR, Labels.REGION, Labels.ZONE);

    private NodeRestriction() {}

    /** Refuses a node's write; {@code before} is null on creation, {@code after} on deletion. */
    public static void check(ResourceCall call, @Nullable JsonNode before, @Nullable JsonNode after) {
        User user = call.user();
        String node = user.node();
        if (node.isEmpty()) {
            return;
        }
        String name = after == null ? call.path().name() : Meta.name(after);
        switch (call.type().id()) {
            case "nodes" -> {
                if (!name.equals(node)) {
                    throw refused(call, name, "node \"" + node + "\" is not allowed to modify node \"" + name + "\"");
                }
                if (after == null) {
                    throw refused(call, name, "node \"" + node + "\" is not allowed to delete itself");
                }
                if (before != null) {
                    ownNode(call, node, before, after);
                }
            }
            case "pods" -> {
                JsonNode pod = before == null ? after : before;
                if (pod == null || !Json.text(pod, "spec", "nodeName").equals(node)) {
                    throw refused(
                            call, name, "node \"" + node + "\" can only write pods with spec.nodeName set to itself");
                }
                if (before != null && after != null) {
                    unchanged(call, node, before, after, "metadata", POD_METADATA);
                }
            }
            case "leases.coordination.k8s.io" -> {
                if (!name.equals(node)) {
                    throw refused(
                            call,
                            name,
                            "node \"" + node + "\" can only access node lease with the same name as the"
                                    + " requesting node");
                }
            }
            default -> {}
        }
    }

    /** What others decide about a node, it may not: whether it takes pods, whose, and which addresses they get. */
    private static void ownNode(ResourceCall call, String node, JsonNode before, JsonNode after) {
        unchanged(call, node, before, after, "spec", List.of("taints", "unschedulable"));
        JsonNode range = before.path("spec").path("podCIDR");
        if (range.isTextual() && !range.asText().isEmpty()) {
            unchanged(call, node, before, after, "spec", List.of("podCIDR", "podCIDRs"));
        }
        for (String label : PLACING_LABELS) {
            boolean firstReport =
                    TOPOLOGY_LABELS.contains(label) && !Meta.labels(before).has(label);
            if (!firstReport
                    && !Meta.labels(before)
                            .path(label)
                            .equals(Meta.labels(after).path(label))) {
                throw refused(call, node, "node \"" + node + "\" is not allowed to modify label " + label);
            }
        }
    }

    private static void unchanged(
            ResourceCall call, String node, JsonNode before, JsonNode after, String part, List<String> fields) {
        for (String field : fields) {
            if (!before.path(part).path(field).equals(after.path(part).path(field))) {
                throw refused(
                        call, Meta.name(after), "node \"" + node + "\" is not allowed to modify " + part + "." + field);
            }
        }
    }

    private static ApiException refused(ResourceCall call, String name, String why) {
        return ApiException.forbidden(call.type().group(), call.type().plural(), name, why);
    }
}
