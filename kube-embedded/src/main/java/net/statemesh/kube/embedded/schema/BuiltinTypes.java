// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import net.statemesh.kube.embedded.object.Json;

/** Schemas of the kinds of Kubernetes, from {@code builtin-types.json} (derived by {@code src/schema/derive.py}). */
public final class BuiltinTypes {
    private static final String META = "apimachinery.pkg.apis.meta.v1.";

    private final JsonNode definitions;
    private final Map<String, Schema> schemas = new HashMap<>();

    private BuiltinTypes(JsonNode definitions) {
        this.definitions = definitions;
        definitions
                .properties()
                .forEach(each -> schemas.put(each.getKey(), Schema.parse(each.getValue(), this::schema)));
    }

    public static BuiltinTypes load() {
        try (InputStream in = BuiltinTypes.class.getResourceAsStream("builtin-types.json")) {
            if (in == null) {
                throw new IllegalStateException("builtin-types.json is missing from the jar");
            }
            return new BuiltinTypes(Json.parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema of a definition, named without the prefix {@code io.k8s.}. */
    public Schema schema(String name) {
        Schema found = schemas.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no built-in type " + name);
        }
        return found;
    }

    /** Schema of {@code metadata}. */
    public Schema objectMeta() {
        return schema(META + "ObjectMeta");
    }

    /** Name of the definition of a kind. */
    public String nameOf(String group, String version, String kind) {
        for (var each : definitions.properties()) {
            JsonNode facts =
                    each.getValue().path("x-kubernetes-group-version-kind").path(0);
            if (facts.path("kind").asText().equals(kind)
                    && facts.path("group").asText().equals(group)
                    && facts.path("version").asText().equals(version)) {
                return each.getKey();
            }
        }
        throw new IllegalArgumentException("no built-in type " + group + "/" + version + " " + kind);
    }

    /** All definitions as read, for the OpenAPI documents. */
    public JsonNode definitions() {
        return definitions;
    }
}
