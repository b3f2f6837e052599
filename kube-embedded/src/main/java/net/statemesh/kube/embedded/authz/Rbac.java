// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import net.statemesh.kube.embedded.authn.User;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;

/** Role-based access control from the stored roles and bindings. */
public final class Rbac implements Authorizer {
    private static final String GROUP = ".rbac.authorization.k8s.io";

    private final ObjectStore store;

    public Rbac(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Decision decide(User user, Attributes attributes) {
        if (user.inGroup(User.MASTERS)) {
            return new Decision(true, "");
        }
        boolean allowed = visit(user, attributes.namespace(), (rule, why) -> Rule.allows(rule, attributes));
        return new Decision(allowed, "");
    }

    /** All rules that hold for a user in a namespace. */
    public List<JsonNode> rules(User user, String namespace) {
        List<JsonNode> rules = new ArrayList<>();
        visit(user, namespace, (rule, why) -> {
            rules.add(rule);
            return false;
        });
        return rules;
    }

    /** The rules of a role that a binding in a namespace refers to. */
    List<JsonNode> rulesOf(JsonNode roleRef, String namespace) {
        boolean clusterWide = roleRef.path("kind").asText().equals("ClusterRole");
        ObjectKey key = clusterWide
                ? new ObjectKey("clusterroles" + GROUP, "", roleRef.path("name").asText())
                : new ObjectKey("roles" + GROUP, namespace, roleRef.path("name").asText());
        StoredObject role = store.get(key);
        List<JsonNode> rules = new ArrayList<>();
        if (role != null) {
            role.tree().path("rules").forEach(rules::add);
            role.tree()
                    .path("aggregationRule")
                    .path("clusterRoleSelectors")
                    .forEach(selector -> aggregate(selector, rules));
        }
        return rules;
    }

    private void aggregate(JsonNode selector, List<JsonNode> rules) {
        JsonNode wanted = selector.path("matchLabels");
        for (StoredObject role : store.list("clusterroles" + GROUP, "").objects()) {
            JsonNode labels = Meta.labels(role.tree());
            boolean selected = !wanted.isEmpty()
                    && wanted.properties().stream()
                            .allMatch(each -> each.getValue().equals(labels.path(each.getKey())));
            if (selected) {
                role.tree().path("rules").forEach(rules::add);
            }
        }
    }

    private boolean visit(User user, String namespace, BiPredicate<JsonNode, String> found) {
        return visit(user, "clusterrolebindings", "", found)
                || (!namespace.isEmpty() && visit(user, "rolebindings", namespace, found));
    }

    private boolean visit(User user, String bindings, String namespace, BiPredicate<JsonNode, String> found) {
        for (StoredObject binding : store.list(bindings + GROUP, namespace).objects()) {
            if (!binds(binding.tree(), user)) {
                continue;
            }
            for (JsonNode rule : rulesOf(binding.tree().path("roleRef"), namespace)) {
                if (found.test(rule, binding.key().name())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean binds(JsonNode binding, User user) {
        for (JsonNode subject : binding.path("subjects")) {
            String name = subject.path("name").asText();
            boolean bound = switch (subject.path("kind").asText()) {
                case "User" -> user.name().equals(name);
                case "Group" -> user.inGroup(name);
                case "ServiceAccount" ->
                    user.name().equals("system:serviceaccount:" + Json.text(subject, "namespace") + ":" + name);
                default -> false;
            };
            if (bound) {
                return true;
            }
        }
        return false;
    }
}
