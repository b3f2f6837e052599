// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.statemesh.kube.embedded.object.Json;
import org.jspecify.annotations.Nullable;

/**
 * One node of an OpenAPI schema, with the {@code x-kubernetes-*} facts that merging needs. References are resolved when they are
 * first followed, so recursive types are fine.
 */
public final class Schema {
    /** Accepts anything and keeps it. */
    public static final Schema ANY =
            new Schema(Json.object().put("x-kubernetes-preserve-unknown-fields", true), name -> {
                throw new IllegalStateException("no definition " + name);
            });

    private final JsonNode source;
    private final Function<String, Schema> definitions;
    private final Map<String, Schema> properties = new LinkedHashMap<>();
    private final List<String> required;
    private final @Nullable Schema items;
    private final @Nullable Schema additional;
    private @Nullable Schema resolved;

    private Schema(JsonNode source, Function<String, Schema> definitions) {
        this.source = source;
        this.definitions = definitions;
        source.path("properties")
                .properties()
                .forEach(each -> properties.put(each.getKey(), parse(each.getValue(), definitions)));
        this.required = texts(source.path("required"));
        this.items = source.path("items").isObject() ? parse(source.get("items"), definitions) : null;
        JsonNode more = source.path("additionalProperties");
        this.additional = more.isObject() ? parse(more, definitions) : more.asBoolean(false) ? ANY : null;
    }

    /**
     * Reads a schema.
     *
     * @param definitions answers the schema behind a {@code $ref}
     */
    public static Schema parse(JsonNode source, Function<String, Schema> definitions) {
        return new Schema(source, definitions);
    }

    /** A schema without references. */
    public static Schema parse(JsonNode source) {
        return new Schema(source, name -> {
            throw new IllegalArgumentException("$ref is not allowed: " + name);
        });
    }

    /** The schema itself or the one it refers to. */
    public Schema follow() {
        if (!source.path("$ref").isTextual()) {
            return this;
        }
        Schema target = resolved;
        if (target == null) {
            target = definitions.apply(source.get("$ref").asText()).follow();
            resolved = target;
        }
        return target;
    }

    /** The JSON this was read from: validation keywords are taken from here. */
    public JsonNode source() {
        return source;
    }

    public String type() {
        return source.path("type").asText("");
    }

    public Map<String, Schema> properties() {
        return Collections.unmodifiableMap(properties);
    }

    public List<String> required() {
        return required;
    }

    /** Schema of list items, followed; null when this is no list. */
    public @Nullable Schema items() {
        return items == null ? null : items.follow();
    }

    /** Schema of map values, followed; null when this is no map. */
    public @Nullable Schema additional() {
        return additional == null ? null : additional.follow();
    }

    /** Schema of a named field, followed: a property, else the map value; null when the field is unknown. */
    public @Nullable Schema field(String name) {
        Schema property = properties.get(name);
        return property == null ? additional() : property.follow();
    }

    /** The property as written here, before following its reference; carries defaults and merge facts. */
    public @Nullable Schema property(String name) {
        return properties.get(name);
    }

    public @Nullable JsonNode defaultValue() {
        return source.get("default");
    }

    public boolean preservesUnknown() {
        return source.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
    }

    public boolean embeddedResource() {
        return source.path("x-kubernetes-embedded-resource").asBoolean(false);
    }

    public boolean intOrString() {
        return source.path("x-kubernetes-int-or-string").asBoolean(false);
    }

    public boolean nullable() {
        return source.path("nullable").asBoolean(false);
    }

    public boolean isStruct() {
        return !properties.isEmpty();
    }

    /** True for maps and structs that are owned and replaced as a whole. */
    public boolean atomicMap() {
        return source.path("x-kubernetes-map-type").asText("").equals("atomic");
    }

    /** How the items of a list relate. */
    public ListType listType() {
        return switch (source.path("x-kubernetes-list-type").asText("")) {
            case "map" -> ListType.MAP;
            case "set" -> ListType.SET;
            case "atomic" -> ListType.ATOMIC;
            default -> !patchMerges() ? ListType.ATOMIC : patchMergeKey().isEmpty() ? ListType.SET : ListType.MAP;
        };
    }

    /** Fields that identify an item of a {@link ListType#MAP} list. */
    public List<String> listMapKeys() {
        List<String> keys = texts(source.path("x-kubernetes-list-map-keys"));
        return keys.isEmpty() && !patchMergeKey().isEmpty() ? List.of(patchMergeKey()) : keys;
    }

    /** Key of a strategic merge; empty when there is none. */
    public String patchMergeKey() {
        return source.path("x-kubernetes-patch-merge-key").asText("");
    }

    public boolean patchMerges() {
        return strategies().contains("merge");
    }

    public boolean patchRetainsKeys() {
        return strategies().contains("retainKeys");
    }

    private List<String> strategies() {
        return List.of(source.path("x-kubernetes-patch-strategy").asText("").split(",", -1));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return List.copyOf(texts);
    }
}
