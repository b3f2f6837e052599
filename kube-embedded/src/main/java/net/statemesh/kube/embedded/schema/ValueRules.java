// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.statemesh.kube.embedded.status.Cause;

/** The value keywords of a schema: enum, bounds, patterns, formats. */
final class ValueRules {
    private ValueRules() {}

    static void check(JsonNode value, JsonNode schema, String path, List<Cause> causes) {
        accepted(value, schema.path("enum"), path, causes);
        switch (value.getNodeType()) {
            case STRING -> text(value.asText(), schema, path, causes);
            case NUMBER -> number(value, schema, path, causes);
            case ARRAY -> {
                size(value.size(), schema, "Items", path, causes);
                if (schema.path("uniqueItems").asBoolean(false)) {
                    HashSet<JsonNode> distinct = new HashSet<>();
                    value.forEach(distinct::add);
                    if (distinct.size() < value.size()) {
                        causes.add(Cause.duplicate(path, value.toString()));
                    }
                }
            }
            case OBJECT -> size(value.size(), schema, "Properties", path, causes);
            case BINARY, BOOLEAN, MISSING, NULL, POJO -> {}
        }
    }

    private static void accepted(JsonNode value, JsonNode accepted, String path, List<Cause> causes) {
        if (!accepted.isArray()) {
            return;
        }
        List<String> words = new ArrayList<>();
        for (JsonNode each : accepted) {
            if (each.equals(value)) {
                return;
            }
            words.add(each.asText());
        }
        causes.add(Cause.notSupported(path, value.asText(), words));
    }

    private static void text(String value, JsonNode schema, String path, List<Cause> causes) {
        int length = value.codePointCount(0, value.length());
        if (schema.has("minLength") && length < schema.get("minLength").asLong()) {
            causes.add(Cause.invalidText(
                    path,
                    value,
                    path + " in body should be at least "
                            + schema.get("minLength").asLong() + " chars long"));
        }
        if (schema.has("maxLength") && length > schema.get("maxLength").asLong()) {
            causes.add(new Cause(
                    "FieldValueTooLong",
                    "Too long: may not be more than " + schema.get("maxLength").asLong() + " bytes",
                    path));
        }
        String pattern = schema.path("pattern").asText("");
        if (!pattern.isEmpty() && !matches(pattern, value)) {
            causes.add(Cause.invalidText(path, value, path + " in body should match '" + pattern + "'"));
        }
        if (!isFormat(schema.path("format").asText(""), value)) {
            causes.add(Cause.invalidText(
                    path,
                    value,
                    path + " in body must be of type " + schema.get("format").asText() + ": \"" + value + '"'));
        }
    }

    private static boolean matches(String pattern, String value) {
        try {
            return Pattern.compile(pattern).matcher(value).find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static boolean isFormat(String format, String value) {
        try {
            return switch (format) {
                case "date-time" -> OffsetDateTime.parse(value) != null;
                case "date" -> LocalDate.parse(value) != null;
                case "uuid" -> java.util.UUID.fromString(value) != null;
                case "byte" -> java.util.Base64.getDecoder().decode(value) != null;
                default -> true;
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }

    private static void number(JsonNode value, JsonNode schema, String path, List<Cause> causes) {
        BigDecimal number = value.decimalValue();
        String format = schema.path("format").asText("");
        if ((format.equals("int32") && !value.canConvertToInt())
                || (format.equals("int64") && !value.canConvertToLong())) {
            causes.add(Cause.invalid(path, value.asText(), path + " in body must be of type " + format));
        }
        if (schema.has("minimum")) {
            BigDecimal bound = schema.get("minimum").decimalValue();
            boolean exclusive = schema.path("exclusiveMinimum").asBoolean(false);
            if (number.compareTo(bound) < (exclusive ? 1 : 0)) {
                causes.add(Cause.invalid(
                        path,
                        value.asText(),
                        path + " in body should be greater than " + (exclusive ? "" : "or equal to ")
                                + bound.toPlainString()));
            }
        }
        if (schema.has("maximum")) {
            BigDecimal bound = schema.get("maximum").decimalValue();
            boolean exclusive = schema.path("exclusiveMaximum").asBoolean(false);
            if (number.compareTo(bound) > (exclusive ? -1 : 0)) {
                causes.add(Cause.invalid(
                        path,
                        value.asText(),
                        path + " in body should be less than " + (exclusive ? "" : "or equal to ")
                                + bound.toPlainString()));
            }
        }
        if (schema.has("multipleOf")
                && number.remainder(schema.get("multipleOf").decimalValue()).signum() != 0) {
            causes.add(Cause.invalid(
                    path,
                    value.asText(),
                    path + " in body should be a multiple of "
                            + schema.get("multipleOf").asText()));
        }
    }

    private static void size(int size, JsonNode schema, String what, String path, List<Cause> causes) {
        String noun = what.equals("Items") ? "items" : "properties";
        if (schema.has("min" + what) && size < schema.get("min" + what).asLong()) {
            causes.add(Cause.invalid(
                    path,
                    Integer.toString(size),
                    path + " in body should have at least "
                            + schema.get("min" + what).asLong() + " " + noun));
        }
        if (schema.has("max" + what) && size > schema.get("max" + what).asLong()) {
            causes.add(new Cause(
                    "FieldValueTooMany",
                    "Too many: " + size + ": must have at most "
                            + schema.get("max" + what).asLong() + " " + noun,
                    path));
        }
    }
}
