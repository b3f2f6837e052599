// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.status.Cause;

/** Roles and their bindings. */
final class RoleRules implements KindRules {
    private static final String RBAC = "rbac.authorization.k8s.io";

    @Override
    public void fillIn(ObjectNode object) {
        for (JsonNode subject : object.path("subjects")) {
            if (subject instanceof ObjectNode each && !each.has("apiGroup")) {
                if (!each.path("kind").asText().equals("ServiceAccount")) {
                    each.put("apiGroup", RBAC);
                }
            }
        }
    }

    @Override
    public void validate(ObjectNode object, List<Cause> causes) {
        boolean binding = object.path("kind").asText().endsWith("Binding");
        if (binding) {
            binding(object, causes);
        }
        boolean clusterWide = object.path("kind").asText().equals("ClusterRole");
        int index = 0;
        for (JsonNode rule : object.path("rules")) {
            String at = "rules[" + index++ + "]";
            if (rule.path("verbs").isEmpty()) {
                causes.add(Cause.required(at + ".verbs", "verbs must contain at least one value"));
            }
            boolean paths = !rule.path("nonResourceURLs").isEmpty();
            if (paths && !clusterWide) {
                causes.add(Cause.invalid(
                        at + ".nonResourceURLs",
                        rule.path("nonResourceURLs").toString(),
                        "namespaced rules cannot apply to non-resource URLs"));
            } else if (!paths && rule.path("apiGroups").isEmpty()) {
                causes.add(Cause.required(at + ".apiGroups", "resource rules must supply at least one api group"));
            } else if (!paths && rule.path("resources").isEmpty()) {
                causes.add(Cause.required(at + ".resources", "resource rules must supply at least one resource"));
            }
        }
    }

    @Override
    public void validateUpdate(ObjectNode next, ObjectNode before, List<Cause> causes) {
        if (!next.path("roleRef").equals(before.path("roleRef"))) {
            causes.add(Cause.invalid("roleRef", next.path("roleRef").toString(), "cannot change roleRef"));
        }
    }

    private static void binding(ObjectNode object, List<Cause> causes) {
        String kind = Json.text(object, "roleRef", "kind");
        List<String> kinds = object.path("kind").asText().equals("RoleBinding")
                ? List.of("Role", "ClusterRole")
                : List.of("ClusterRole");
        if (!Json.text(object, "roleRef", "apiGroup").equals(RBAC)) {
            causes.add(Cause.notSupported("roleRef.apiGroup", Json.text(object, "roleRef", "apiGroup"), List.of(RBAC)));
        }
        if (!kinds.contains(kind)) {
            causes.add(Cause.notSupported("roleRef.kind", kind, kinds));
        }
        if (Json.text(object, "roleRef", "name").isEmpty()) {
            causes.add(Cause.required("roleRef.name", ""));
        }
        int index = 0;
        for (JsonNode subject : object.path("subjects")) {
            String at = "subjects[" + index++ + "]";
            if (subject.path("name").asText("").isEmpty()) {
                causes.add(Cause.required(at + ".name", ""));
            }
            String subjectKind = subject.path("kind").asText("");
            if (!List.of("ServiceAccount", "User", "Group").contains(subjectKind)) {
                causes.add(Cause.notSupported(at + ".kind", subjectKind, List.of("ServiceAccount", "User", "Group")));
            } else if (subjectKind.equals("ServiceAccount")
                    && subject.path("namespace").asText("").isEmpty()) {
                causes.add(Cause.required(at + ".namespace", ""));
            }
        }
    }
}
