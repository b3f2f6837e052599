// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Finds the first value whose JSON type its schema cannot hold: the decoding errors of built-in kinds. */
public final class TypeCheck {
    private TypeCheck() {}

    /** A misfit: where, what was there, what is accepted. */
    public record Misfit(String path, String found, String accepted) {}

    public static Optional<Misfit> first(JsonNode value, Schema schema, String path) {
        if (value.isNull() || schema.preservesUnknown()) {
            return Optional.empty();
        }
        if (schema.isStruct() || schema.additional() != null || schema.type().equals("object")) {
            return value.isObject() ? inObject(value, schema, path) : misfit(path, value, "object");
        }
        if (schema.type().equals("array")) {
            return value.isArray() ? inArray(value, schema, path) : misfit(path, value, "array");
        }
        return fits(value, schema) ? Optional.empty() : misfit(path, value, accepted(schema));
    }

    private static Optional<Misfit> inObject(JsonNode value, Schema schema, String path) {
        for (var each : value.properties()) {
            Schema field = schema.field(each.getKey());
            if (field != null) {
                String at = path.isEmpty() ? each.getKey() : path + "." + each.getKey();
                Optional<Misfit> found = first(each.getValue(), field, at);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Misfit> inArray(JsonNode value, Schema schema, String path) {
        Schema items = schema.items();
        for (int i = 0; items != null && i < value.size(); i++) {
            Optional<Misfit> found = first(value.get(i), items, path + "[" + i + "]");
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean fits(JsonNode value, Schema schema) {
        if (schema.intOrString()) {
            return value.isTextual() || value.isNumber();
        }
        return switch (schema.type()) {
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" ->
                value.isIntegralNumber()
                        && (!schema.source().path("format").asText("").equals("int32") || value.canConvertToInt());
            case "number" -> value.isNumber();
            default -> true;
        };
    }

    private static String accepted(Schema schema) {
        String format = schema.source().path("format").asText("");
        return schema.intOrString() ? "integer or string" : format.startsWith("int") ? format : schema.type();
    }

    private static Optional<Misfit> misfit(String path, JsonNode value, String accepted) {
        String found = switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> "number " + value.asText();
            case BOOLEAN -> "bool";
            case ARRAY -> "array";
            default -> "object";
        };
        return Optional.of(new Misfit(path, found, accepted));
    }
}
