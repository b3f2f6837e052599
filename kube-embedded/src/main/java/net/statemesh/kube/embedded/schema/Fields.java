// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Compares an object with its schema: fields that the schema does not know, and values of another type. */
public final class Fields {
    private static final Set<String> TYPE_META = Set.of("apiVersion", "kind", "metadata");

    private Fields() {}

    /** Removes unknown fields in place and answers their paths, for example {@code spec.containers[0].imge}. */
    public static List<String> prune(ObjectNode object, Schema schema) {
        List<String> removed = new ArrayList<>();
        prune(object, schema, "", true, removed);
        return removed;
    }

    /** Removes nulls, which mean "absent" everywhere but where the schema says {@code nullable}. */
    public static void dropNulls(JsonNode value, Schema schema) {
        if (value instanceof ObjectNode object) {
            object.properties().removeIf(each -> {
                Schema field = schema.field(each.getKey());
                return each.getValue().isNull() && field != null && !field.nullable() && !schema.preservesUnknown();
            });
            object.properties().forEach(each -> {
                Schema field = schema.field(each.getKey());
                if (field != null) {
                    dropNulls(each.getValue(), field);
                }
            });
        } else if (value instanceof ArrayNode array) {
            Schema items = schema.items();
            if (items != null) {
                array.forEach(each -> dropNulls(each, items));
            }
        }
    }

    private static void prune(JsonNode value, Schema schema, String path, boolean root, List<String> removed) {
        switch (value) {
            case ObjectNode object -> pruneObject(object, schema, path, root, removed);
            case ArrayNode array -> {
                Schema items = schema.items();
                for (int i = 0; items != null && i < array.size(); i++) {
                    prune(array.get(i), items, path + "[" + i + "]", false, removed);
                }
            }
            default -> {}
        }
    }

    private static void pruneObject(ObjectNode object, Schema schema, String path, boolean root, List<String> removed) {
        boolean meta = root || schema.embeddedResource();
        List<String> unknown = new ArrayList<>();
        for (var each : object.properties()) {
            String name = each.getKey();
            Schema field = schema.field(name);
            String at = path.isEmpty() ? name : path + "." + name;
            if (field != null) {
                prune(each.getValue(), field, at, false, removed);
            } else if (!schema.preservesUnknown() && !(meta && TYPE_META.contains(name))) {
                unknown.add(name);
                removed.add(at);
            }
        }
        object.remove(unknown);
    }
}
