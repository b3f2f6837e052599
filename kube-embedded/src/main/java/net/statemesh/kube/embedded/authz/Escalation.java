// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.statemesh.kube.embedded.authn.User;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import org.jspecify.annotations.Nullable;

/** Nobody grants what they do not hold: checked when roles and bindings are written. */
public final class Escalation {
    private static final String GROUP = "rbac.authorization.k8s.io";

    /** Fields of a rule by the names, and in the order, in which they are printed. */
    private static final Map<String, String> PRINTED = new LinkedHashMap<>();

    /** Who writes an aggregation does not know what it will hold one day. */
    private static final ObjectNode EVERYTHING = Json.object();

    static {
        PRINTED.put("apiGroups", "APIGroups");
        PRINTED.put("resources", "Resources");
        PRINTED.put("nonResourceURLs", "NonResourceURLs");
        PRINTED.put("resourceNames", "ResourceNames");
        PRINTED.put("verbs", "Verbs");
        List.of("verbs", "apiGroups", "resources")
                .forEach(field -> EVERYTHING.putArray(field).add("*"));
    }

    private final Rbac rbac;

    public Escalation(Rbac rbac) {
        this.rbac = rbac;
    }

    /** Refuses a write of a role or a binding that gives more than the writer has. */
    public void check(ResourceCall call, @Nullable JsonNode before, JsonNode after) {
        User user = call.user();
        if (!call.type().group().equals(GROUP) || user.inGroup(User.MASTERS)) {
            return;
        }
        boolean binding = call.type().plural().endsWith("bindings");
        if (before != null && same(before, after, binding)) {
            return;
        }
        String namespace = Meta.namespace(after);
        JsonNode roleRef = after.path("roleRef");
        Attributes explicit = binding
                ? new Attributes(
                        "bind",
                        GROUP,
                        "v1",
                        plural(roleRef),
                        "",
                        namespace,
                        roleRef.path("name").asText(),
                        "")
                : new Attributes("escalate", GROUP, "v1", call.type().plural(), "", namespace, Meta.name(after), "");
        if (rbac.decide(user, explicit).allowed()) {
            return;
        }
        List<JsonNode> granted = new ArrayList<>();
        if (binding) {
            granted.addAll(rbac.rulesOf(roleRef, namespace));
        } else {
            after.path("rules").forEach(granted::add);
            if (!after.path("aggregationRule").isMissingNode()) {
                granted.add(EVERYTHING);
            }
        }
        List<JsonNode> held = rbac.rules(user, namespace);
        List<JsonNode> missing =
                granted.stream().filter(rule -> !Rule.covers(held, rule)).toList();
        if (!missing.isEmpty()) {
            throw ApiException.forbidden(
                    GROUP,
                    call.type().plural(),
                    Meta.name(after),
                    "user \"" + user.name()
                            + "\" (groups=" + quoted(user.groups())
                            + ") is attempting to grant RBAC permissions not currently held:\n"
                            + String.join(
                                    "\n",
                                    missing.stream().map(Escalation::compact).toList()));
        }
    }

    /** A rule as Kubernetes prints it. */
    private static String compact(JsonNode rule) {
        List<String> parts = new ArrayList<>();
        PRINTED.forEach((field, label) -> {
            if (!rule.path(field).isEmpty()) {
                parts.add(label + ":"
                        + quoted(rule.path(field)
                                .valueStream()
                                .map(JsonNode::asText)
                                .toList()));
            }
        });
        return "{" + String.join(", ", parts) + "}";
    }

    private static String quoted(List<String> values) {
        return values.stream().map(value -> '"' + value + '"').collect(Collectors.joining(" ", "[", "]"));
    }

    private static boolean same(JsonNode before, JsonNode after, boolean binding) {
        return binding
                ? before.path("roleRef").equals(after.path("roleRef"))
                        && before.path("subjects").equals(after.path("subjects"))
                : before.path("rules").equals(after.path("rules"))
                        && before.path("aggregationRule").equals(after.path("aggregationRule"))
                        && Meta.labels(before).equals(Meta.labels(after));
    }

    private static String plural(JsonNode roleRef) {
        return roleRef.path("kind").asText().equals("ClusterRole") ? "clusterroles" : "roles";
    }
}
