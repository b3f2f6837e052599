// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.schema.ListType;
import net.statemesh.kube.embedded.schema.Schema;
import net.statemesh.kube.embedded.status.ApiException;
import org.jspecify.annotations.Nullable;

/** The parts of a value by their path step, for values that are merged part by part. */
final class Items {
    private Items() {}

    /** True for values that are owned and replaced as a whole. */
    static boolean isLeaf(JsonNode value, @Nullable Schema schema) {
        if (value.isObject()) {
            return schema != null && schema.atomicMap();
        }
        return !value.isArray() || schema == null || schema.listType() == ListType.ATOMIC;
    }

    /** Parts in order; a list that names an item twice is refused. */
    static Map<String, JsonNode> of(JsonNode value, @Nullable Schema schema) {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        if (value.isObject()) {
            value.properties().forEach(each -> parts.put("f:" + each.getKey(), each.getValue()));
            return parts;
        }
        for (JsonNode item : value) {
            String step = step(item, schema);
            if (parts.put(step, item) != null) {
                throw ApiException.of(
                        422,
                        "Invalid",
                        "list contains an item twice: " + step.substring(2) + "; every item must be unique");
            }
        }
        return parts;
    }

    /** Schema of one part; null when nothing is known about it. */
    static @Nullable Schema schemaOf(String step, @Nullable Schema schema) {
        if (schema == null) {
            return null;
        }
        return step.startsWith("f:") ? schema.field(step.substring(2)) : schema.items();
    }

    /** True for steps that are entries of a map or items of a list: these are members of a set of their own. */
    static boolean isEntry(String step, @Nullable Schema schema) {
        return !step.startsWith("f:") || schema == null || schema.property(step.substring(2)) == null;
    }

    private static String step(JsonNode item, @Nullable Schema schema) {
        if (schema == null || schema.listType() == ListType.SET) {
            return "v:" + item;
        }
        Map<String, JsonNode> keys = new TreeMap<>();
        Schema itemSchema = schema.items();
        for (String key : schema.listMapKeys()) {
            JsonNode value = item.get(key);
            Schema keySchema = itemSchema == null ? null : itemSchema.property(key);
            JsonNode fallback = keySchema == null ? null : keySchema.defaultValue();
            JsonNode effective = value == null ? fallback : value;
            if (effective != null) {
                keys.put(key, effective);
            }
        }
        if (keys.isEmpty()) {
            throw ApiException.of(422, "Invalid", "list item " + item + " lacks its key: " + schema.listMapKeys());
        }
        ObjectNode sorted = Json.object();
        sorted.setAll(keys);
        return "k:" + sorted;
    }
}
