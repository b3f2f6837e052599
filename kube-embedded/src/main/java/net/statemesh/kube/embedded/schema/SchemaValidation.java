// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import net.statemesh.kube.embedded.status.Cause;

/** Validates values against a structural schema, in Kubernetes' words. */
public final class SchemaValidation {
    /** More causes are not collected: nobody reads them and a hostile object could make millions. */
    static final int MAX_CAUSES = 50;

    private final List<Cause> causes;

    private SchemaValidation(List<Cause> causes) {
        this.causes = causes;
    }

    public static void validate(JsonNode value, Schema schema, String path, List<Cause> causes) {
        new SchemaValidation(causes).value(value, schema, path);
    }

    private void value(JsonNode value, Schema schema, String path) {
        if (causes.size() >= MAX_CAUSES || (value.isNull() && schema.nullable())) {
            return;
        }
        if (!type(value, schema, path)) {
            return;
        }
        ValueRules.check(value, schema.source(), path, causes);
        combined(value, schema, path);
        if (value.isObject()) {
            object(value, schema, path);
        } else if (value.isArray()) {
            array(value, schema, path);
        }
    }

    private boolean type(JsonNode value, Schema schema, String path) {
        boolean fits = schema.intOrString()
                ? value.isTextual() || value.isIntegralNumber()
                : switch (schema.type()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual();
                    case "boolean" -> value.isBoolean();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    default -> true;
                };
        if (!fits) {
            String wanted = schema.intOrString() ? "integer,string" : schema.type();
            String found = typeName(value);
            causes.add(Cause.typeInvalid(
                    path, '"' + found + '"', path + " in body must be of type " + wanted + ": \"" + found + '"'));
        }
        return fits;
    }

    private void object(JsonNode value, Schema schema, String path) {
        for (String name : schema.required()) {
            if (!value.has(name)) {
                causes.add(Cause.required(at(path, name), ""));
            }
        }
        for (var each : value.properties()) {
            Schema field = schema.field(each.getKey());
            if (field != null && !(path.isEmpty() && each.getKey().equals("metadata"))) {
                String below = schema.property(each.getKey()) == null
                        ? path + "[" + each.getKey() + "]"
                        : at(path, each.getKey());
                value(each.getValue(), field, below);
            }
        }
    }

    private void array(JsonNode value, Schema schema, String path) {
        Schema items = schema.items();
        for (int i = 0; items != null && i < value.size(); i++) {
            value(value.get(i), items, path + "[" + i + "]");
        }
        if (schema.source().has("x-kubernetes-list-type") && schema.listType() != ListType.ATOMIC) {
            unique(value, schema, path);
        }
    }

    private void unique(JsonNode value, Schema schema, String path) {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < value.size(); i++) {
            JsonNode item = value.get(i);
            Object identity = item;
            if (schema.listType() == ListType.MAP) {
                TreeMap<String, JsonNode> keys = new TreeMap<>();
                schema.listMapKeys().forEach(key -> keys.put(key, item.path(key)));
                identity = keys;
            }
            if (!seen.add(identity)) {
                causes.add(Cause.duplicate(
                        path + "[" + i + "]",
                        identity instanceof TreeMap<?, ?> keys ? keys.toString() : item.toString()));
            }
        }
    }

    private void combined(JsonNode value, Schema schema, String path) {
        JsonNode source = schema.source();
        source.path("allOf").forEach(each -> value(value, Schema.parse(each), path));
        if (source.has("anyOf") && !schema.intOrString() && matches(value, source.get("anyOf")) == 0) {
            causes.add(
                    Cause.invalid(path, value.toString(), path + " in body must validate at least one schema (anyOf)"));
        }
        if (source.has("oneOf") && matches(value, source.get("oneOf")) != 1) {
            causes.add(Cause.invalid(
                    path, value.toString(), path + " in body must validate one and only one schema (oneOf)"));
        }
        if (source.has("not") && matches(value, source.get("not"), path)) {
            causes.add(Cause.invalid(path, value.toString(), path + " in body must not validate the schema (not)"));
        }
    }

    private static int matches(JsonNode value, JsonNode schemas) {
        int count = 0;
        for (JsonNode each : schemas) {
            count += matches(value, each, "") ? 1 : 0;
        }
        return count;
    }

    private static boolean matches(JsonNode value, JsonNode schema, String path) {
        List<Cause> found = new ArrayList<>();
        validate(value, Schema.parse(schema), path, found);
        return found.isEmpty();
    }

    private static String at(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static String typeName(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case NULL, MISSING -> "null";
        };
    }
}
