// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.statemesh.api.ApiGroup;
import net.statemesh.api.validation.Violation;
import net.statemesh.cli.text.Nearest;

/**
 * The OpenAPI v3 schema of a kind's spec, out of the same definition that the API server gets (structural schemas of Kubernetes). Pure
 * but for reading that resource.
 */
public final class Schema {
    private static final String DEFINITIONS = "/net/statemesh/api/crd/";

    private final JsonNode spec;

    private Schema(JsonNode spec) {
        this.spec = spec;
    }

    /** Schema of {@code spec} of an Application. */
    public static Schema ofApplications() {
        return of("applications.yaml");
    }

    /** Schema of {@code spec} of a Project. */
    public static Schema ofProjects() {
        return of("projects.yaml");
    }

    private static Schema of(String definition) {
        try (InputStream in = ApiGroup.class.getResourceAsStream(DEFINITIONS + definition)) {
            if (in == null) {
                throw new IllegalStateException("resource " + definition + " is missing from the package");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Schema(YamlTree.parse(text, definition)
                    .getFirst()
                    .value()
                    .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything wrong with a {@code spec}, in the order of the document; paths start with {@code spec}. */
    public List<Violation> check(JsonNode value) {
        List<Violation> found = new ArrayList<>();
        check("spec", value, spec, found);
        return found;
    }

    private static void check(String path, JsonNode value, JsonNode schema, List<Violation> found) {
        if (value.isNull()) {
            return; // as absent
        }
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            require(value.isTextual() || value.isNumber(), path, value, "a quantity such as 500m or 128Mi", found);
            return;
        }
        switch (schema.path("type").asText()) {
            case "object" -> object(path, value, schema, found);
            case "array" -> array(path, value, schema, found);
            case "integer", "number" -> number(path, value, schema, found);
            case "boolean" -> require(value.isBoolean(), path, value, "true or false", found);
            case "string" -> string(path, value, schema, found);
            default -> {
                // any type is allowed
            }
        }
    }

    private static void object(String path, JsonNode value, JsonNode schema, List<Violation> found) {
        if (!require(value.isObject(), path, value, "an object", found)) {
            return;
        }
        JsonNode properties = schema.path("properties");
        JsonNode values = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String name = field.getKey();
            if (properties.has(name)) {
                check(path + "." + name, field.getValue(), properties.get(name), found);
            } else if (values.isObject()) {
                check(path + "." + name, field.getValue(), values, found);
            } else {
                found.add(unknown(path + "." + name, name, properties));
            }
        }
        for (JsonNode name : schema.path("required")) {
            if (!value.hasNonNull(name.asText())) {
                found.add(new Violation(path + "." + name.asText(), "", "a value: it is required"));
            }
        }
    }

    private static Violation unknown(String path, String name, JsonNode properties) {
        TreeSet<String> known = new TreeSet<>();
        for (Iterator<String> names = properties.fieldNames(); names.hasNext(); ) {
            known.add(names.next());
        }
        String accepted = Nearest.to(name, known)
                .map(nearest -> "'" + nearest + "' (there is no field '" + name + "')")
                .orElse("one of " + String.join(", ", known) + " (there is no field '" + name + "')");
        return new Violation(path, name, accepted);
    }

    private static void array(String path, JsonNode value, JsonNode schema, List<Violation> found) {
        if (!require(value.isArray(), path, value, "a list", found)) {
            return;
        }
        int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
        int least = schema.path("minItems").asInt(0);
        if (value.size() > most || value.size() < least) {
            found.add(new Violation(
                    path,
                    value.size() + " items",
                    least + " to " + (most == Integer.MAX_VALUE ? "any number of" : most) + " items"));
        }
        for (int i = 0; i < value.size(); i++) {
            check(path + "[" + i + "]", value.get(i), schema.path("items"), found);
        }
    }

    private static void number(String path, JsonNode value, JsonNode schema, List<Violation> found) {
        String range = "a whole number";
        if (schema.has("minimum") && schema.has("maximum")) {
            range += " from " + schema.get("minimum").asLong() + " to "
                    + schema.get("maximum").asLong();
        } else if (schema.has("minimum")) {
            range += " of at least " + schema.get("minimum").asLong();
        }
        boolean whole = value.isIntegralNumber() && value.canConvertToLong();
        if (require(whole, path, value, range, found)) {
            long number = value.asLong();
            boolean inside =
                    (!schema.has("minimum") || number >= schema.get("minimum").asLong())
                            && (!schema.has("maximum")
                                    || number <= schema.get("maximum").asLong());
            require(inside, path, value, range, found);
        }
    }

    private static void string(String path, JsonNode value, JsonNode schema, List<Violation> found) {
        if (!require(value.isTextual(), path, value, "a text; put it in quotes", found)) {
            return;
        }
        String text = value.asText();
        if (schema.has("enum")) {
            List<String> words = new ArrayList<>();
            schema.get("enum").forEach(word -> words.add(word.asText()));
            require(words.contains(text), path, value, "one of " + String.join(", ", words), found);
        }
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
        int length = text.codePointCount(0, text.length());
        require(length >= least && length <= most, path, value, least + " to " + most + " characters", found);
        if (schema.has("pattern")) {
            String pattern = schema.get("pattern").asText();
            require(
                    text.isEmpty() || Pattern.compile(pattern).matcher(text).find(),
                    path,
                    value,
                    "a text like " + pattern,
                    found);
        }
    }

    private static boolean require(boolean holds, String path, JsonNode value, String accepted, List<Violation> found) {
        if (!holds) {
            found.add(new Violation(path, value.isValueNode() ? value.asText() : kindOf(value), accepted));
        }
        return holds;
    }

    private static String kindOf(JsonNode value) {
        return value.isArray() ? "a list" : "an object";
    }
}
