// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authz;

import com.fasterxml.jackson.databind.JsonNode;
import net.statemesh.kube.embedded.authn.User;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import org.jspecify.annotations.Nullable;

/** Holds a node to its own objects: its Node, its Lease, the pods bound to it. */
public final class NodeRestriction {
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
                if (before != null
                        && after != null
                        && !before.path("spec")
                                .path("taints")
                                .equals(after.path("spec").path("taints"))) {
                    throw refused(call, name, "node \"" + node + "\" is not allowed to modify taints");
                }
            }
            case "pods" -> {
                JsonNode pod = before == null ? after : before;
                if (pod == null || !Json.text(pod, "spec", "nodeName").equals(node)) {
                    throw refused(
                            call, name, "node \"" + node + "\" can only write pods with spec.nodeName set to itself");
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

    private static ApiException refused(ResourceCall call, String name, String why) {
        return ApiException.forbidden(call.type().group(), call.type().plural(), name, why);
    }
}
