// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crd;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.statemesh.kube.embedded.schema.Schema;
import net.statemesh.kube.embedded.schema.SchemaValidation;
import net.statemesh.kube.embedded.status.Cause;

/** Checks that the schema of a CustomResourceDefinition is structural and uses only what this server enforces. */
final class StructuralSchema {
    private static final Set<String> TYPES = Set.of("array", "boolean", "integer", "number", "object", "string");
    private static final List<String> NOT_ALLOWED =
            List.of("$ref", "definitions", "dependencies", "id", "patternProperties", "additionalItems", "$schema");

    private final List<Cause> causes;

    StructuralSchema(List<Cause> causes) {
        this.causes = causes;
    }

    void root(JsonNode schema, String at) {
        if (!schema.path("type").asText("").equals("object")) {
            causes.add(Cause.invalidText(at + ".type", schema.path("type").asText(""), "must be object at the root"));
        }
        node(schema, at);
    }

    private void node(JsonNode schema, String at) {
        for (String keyword : NOT_ALLOWED) {
            if (schema.has(keyword)) {
                causes.add(Cause.forbidden(at + "." + keyword, keyword + " is not supported"));
            }
        }
        if (schema.has("x-kubernetes-validations")) {
            causes.add(Cause.forbidden(
                    at + ".x-kubernetes-validations",
                    "CEL rules are not supported by this server and would not be enforced; remove them or express them by"
                            + " pattern, enum, minimum, maximum, required, oneOf"));
        }
        type(schema, at);
        pattern(schema, at);
        listType(schema, at);
        defaultValue(schema, at);
        schema.path("properties")
                .properties()
                .forEach(each -> node(each.getValue(), at + ".properties[" + each.getKey() + "]"));
        if (schema.path("additionalProperties").isObject()) {
            if (schema.has("properties")) {
                causes.add(Cause.forbidden(
                        at + ".additionalProperties", "additionalProperties and properties are mutual exclusive"));
            }
            node(schema.get("additionalProperties"), at + ".additionalProperties");
        }
        if (schema.path("items").isObject()) {
            node(schema.get("items"), at + ".items");
        }
    }

    private void type(JsonNode schema, String at) {
        String type = schema.path("type").asText("");
        boolean free = schema.path("x-kubernetes-int-or-string").asBoolean(false)
                || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
        if (type.isEmpty() && !free) {
            causes.add(Cause.required(at + ".type", "must not be empty for specified object fields"));
        } else if (!type.isEmpty() && !TYPES.contains(type)) {
            causes.add(Cause.notSupported(
                    at + ".type", type, TYPES.stream().sorted().toList()));
        }
        if (type.equals("array") && !schema.path("items").isObject()) {
            causes.add(Cause.required(at + ".items", "must be specified"));
        }
    }

    private void pattern(JsonNode schema, String at) {
        String pattern = schema.path("pattern").asText("");
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            causes.add(Cause.invalidText(
                    at + ".pattern", pattern, "must be a valid regular expression: " + e.getDescription()));
        }
    }

    private void listType(JsonNode schema, String at) {
        String type = schema.path("x-kubernetes-list-type").asText("");
        if (!type.isEmpty() && !List.of("atomic", "map", "set").contains(type)) {
            causes.add(Cause.notSupported(at + ".x-kubernetes-list-type", type, List.of("atomic", "map", "set")));
        }
        JsonNode keys = schema.path("x-kubernetes-list-map-keys");
        if (type.equals("map") && keys.isEmpty()) {
            causes.add(Cause.required(
                    at + ".x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map"));
        }
        for (JsonNode key : keys) {
            JsonNode property = schema.path("items").path("properties").path(key.asText());
            if (property.isMissingNode()) {
                causes.add(Cause.invalidText(
                        at + ".x-kubernetes-list-map-keys",
                        key.asText(),
                        "entries must all be names of item properties"));
            }
        }
    }

    private void defaultValue(JsonNode schema, String at) {
        if (schema.has("default")) {
            List<Cause> found = new ArrayList<>();
            SchemaValidation.validate(schema.get("default"), Schema.parse(schema), "default", found);
            found.forEach(each -> causes.add(new Cause(each.reason(), each.message(), at + "." + each.field())));
        }
    }
}
