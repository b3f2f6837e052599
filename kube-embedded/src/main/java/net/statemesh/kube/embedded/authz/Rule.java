// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.authz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.kube.embedded.object.Json;

/** One {@code PolicyRule}. */
final class Rule {
    private Rule() {}

    static boolean allows(JsonNode rule, Attributes attributes) {
        if (!has(rule.path("verbs"), attributes.verb())) {
            return false;
        }
        if (!attributes.onResource()) {
            return path(rule.path("nonResourceURLs"), attributes.path());
        }
        JsonNode names = rule.path("resourceNames");
        return has(rule.path("apiGroups"), attributes.group())
                && resource(rule.path("resources"), attributes)
                && (names.isEmpty() || contains(names, attributes.name()));
    }

    /** True when some of {@code held} together allow everything that {@code wanted} does. */
    static boolean covers(List<JsonNode> held, JsonNode wanted) {
        return single(wanted).stream().allMatch(one -> held.stream().anyMatch(rule -> contains(rule, one)));
    }

    /** A rule as rules of one verb on one thing each. */
    private static List<ObjectNode> single(JsonNode rule) {
        List<ObjectNode> all = new ArrayList<>();
        for (JsonNode verb : rule.path("verbs")) {
            for (JsonNode path : rule.path("nonResourceURLs")) {
                all.add(Json.object().put("verb", verb.asText()).put("path", path.asText()));
            }
            for (JsonNode group : rule.path("apiGroups")) {
                for (JsonNode resource : rule.path("resources")) {
                    ObjectNode one = Json.object()
                            .put("verb", verb.asText())
                            .put("group", group.asText())
                            .put("resource", resource.asText());
                    if (rule.path("resourceNames").isEmpty()) {
                        all.add(one);
                    }
                    rule.path("resourceNames")
                            .forEach(name -> all.add(one.deepCopy().put("name", name.asText())));
                }
            }
        }
        return all;
    }

    private static boolean contains(JsonNode rule, ObjectNode one) {
        if (!has(rule.path("verbs"), one.path("verb").asText())) {
            return false;
        }
        if (one.has("path")) {
            return path(rule.path("nonResourceURLs"), one.path("path").asText());
        }
        String resource = one.path("resource").asText();
        int slash = resource.indexOf('/');
        boolean sub = slash >= 0 && contains(rule.path("resources"), "*" + resource.substring(slash));
        JsonNode names = rule.path("resourceNames");
        return has(rule.path("apiGroups"), one.path("group").asText())
                && (has(rule.path("resources"), resource) || sub)
                && (names.isEmpty()
                        || (one.has("name") && contains(names, one.path("name").asText())));
    }

    private static boolean resource(JsonNode resources, Attributes attributes) {
        return has(resources, attributes.fullResource())
                || (!attributes.subresource().isEmpty() && contains(resources, "*/" + attributes.subresource()));
    }

    private static boolean path(JsonNode patterns, String path) {
        for (JsonNode each : patterns) {
            String pattern = each.asText();
            if (pattern.equals("*")
                    || pattern.equals(path)
                    || (pattern.endsWith("*") && path.startsWith(pattern.substring(0, pattern.length() - 1)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(JsonNode list, String value) {
        return contains(list, "*") || contains(list, value);
    }

    private static boolean contains(JsonNode list, String value) {
        for (JsonNode each : list) {
            if (each.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }
}
