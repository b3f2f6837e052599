// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.schema.Schema;
import net.statemesh.kube.embedded.status.ApiException;
import org.jspecify.annotations.Nullable;

/** Kubernetes' strategic merge patch: like a merge patch, but lists whose items have a merge key are merged item by item. */
public final class StrategicMerge {
    static final String DIRECTIVE = "$patch";
    static final String RETAIN_KEYS = "$retainKeys";
    static final String DELETE_ITEMS = "$deleteFromPrimitiveList/";
    static final String ORDER = "$setElementOrder/";

    private StrategicMerge() {}

    /** Applies a patch to a tree of which this call may change everything. */
    public static ObjectNode apply(ObjectNode target, ObjectNode patch, @Nullable Schema schema) {
        switch (patch.path(DIRECTIVE).asText("merge")) {
            case "merge" -> {}
            case "replace" -> {
                return patch.deepCopy().without(DIRECTIVE);
            }
            case "delete" -> {
                return Json.object();
            }
            default ->
                throw ApiException.badRequest("Unknown patch type found: "
                        + patch.path(DIRECTIVE).asText() + "; accepted: merge, replace, delete");
        }
        if (patch.path(RETAIN_KEYS) instanceof ArrayNode keys) {
            retain(target, keys);
        }
        for (var change : patch.properties()) {
            String name = change.getKey();
            if (name.startsWith(DELETE_ITEMS)) {
                String list = name.substring(DELETE_ITEMS.length());
                MergeList.removeScalars(target.path(list), change.getValue());
            } else if (!name.startsWith("$")) {
                JsonNode merged = change.getValue().isNull()
                        ? null
                        : field(target.get(name), change.getValue(), name, schema, patch.path(ORDER + name));
                if (merged == null) {
                    target.remove(name);
                } else {
                    target.set(name, merged);
                }
            }
        }
        order(target, patch, schema);
        return target;
    }

    private static @Nullable JsonNode field(
            @Nullable JsonNode have, JsonNode change, String name, @Nullable Schema schema, JsonNode order) {
        Schema property = schema == null ? null : schema.property(name);
        Schema type = schema == null ? null : schema.field(name);
        boolean retains = property != null && property.patchRetainsKeys();
        if (change instanceof ObjectNode object) {
            if (object.path(DIRECTIVE).asText("").equals("delete")) {
                return null;
            }
            ObjectNode base = have instanceof ObjectNode present ? present : Json.object();
            if (retains && !object.has(RETAIN_KEYS) && have == null) {
                base = Json.object();
            }
            return apply(base, object, type);
        }
        if (change instanceof ArrayNode items && property != null && property.patchMerges()) {
            ArrayNode base = have instanceof ArrayNode present ? present : Json.array();
            return MergeList.merge(base, items, property, order);
        }
        return change.deepCopy();
    }

    /** Orders lists that the patch mentions only by their wanted order. */
    private static void order(ObjectNode target, ObjectNode patch, @Nullable Schema schema) {
        for (var each : patch.properties()) {
            if (each.getKey().startsWith(ORDER)) {
                String name = each.getKey().substring(ORDER.length());
                Schema property = schema == null ? null : schema.property(name);
                if (property != null && !patch.has(name) && target.get(name) instanceof ArrayNode list) {
                    target.set(name, MergeList.ordered(list, list, each.getValue(), property.patchMergeKey()));
                }
            }
        }
    }

    private static void retain(ObjectNode target, ArrayNode keys) {
        target.properties().removeIf(each -> {
            for (JsonNode key : keys) {
                if (key.asText().equals(each.getKey())) {
                    return false;
                }
            }
            return true;
        });
    }
}
