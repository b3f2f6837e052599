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

    /** Parts in order. */
    static Map<String, JsonNode> of(JsonNode value, @Nullable Schema schema) {
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        if (value.isObject()) {
            value.properties().forEach(each -> parts.put("f:" + each.getKey(), each.getValue()));
            return parts;
        }
        for (JsonNode item : value) {
            // a list that names an item twice is merged as if it did so once: built-in kinds do not forbid that
            // everywhere
            parts.putIfAbsent(step(item, schema), item);
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

    /** Refuses a configuration to be applied whose lists name an item twice. */
    static void refuseDuplicates(JsonNode value, @Nullable Schema schema) {
        if (isLeaf(value, schema)) {
            return;
        }
        Map<String, JsonNode> parts = of(value, schema);
        if (parts.size() < value.size()) {
            throw ApiException.badRequest("an applied list names an item twice: " + value
                    + "; every item must be unique by " + (schema == null ? "value" : schema.listMapKeys()));
        }
        parts.forEach((step, part) -> refuseDuplicates(part, schemaOf(step, schema)));
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
            return "v:" + item;
        }
        ObjectNode sorted = Json.object();
        sorted.setAll(keys);
        return "k:" + sorted;
    }
}
