// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.schema.Schema;
import net.statemesh.kube.embedded.status.ApiException;

/** Merging of lists in a strategic merge patch. */
final class MergeList {
    private MergeList() {}

    static ArrayNode merge(ArrayNode have, ArrayNode patch, Schema property, JsonNode order) {
        String key = property.patchMergeKey();
        ArrayNode before = have.deepCopy();
        ArrayNode result = key.isEmpty() ? scalars(have, patch) : objects(have, patch, property);
        return order.isArray() ? ordered(result, before, order, key) : result;
    }

    private static ArrayNode scalars(ArrayNode have, ArrayNode patch) {
        for (JsonNode item : patch) {
            if (indexOf(have, item, "") < 0) {
                have.add(item);
            }
        }
        return have;
    }

    private static ArrayNode objects(ArrayNode have, ArrayNode patch, Schema property) {
        String key = property.patchMergeKey();
        for (JsonNode item : patch) {
            if (item.path(StrategicMerge.DIRECTIVE).asText("").equals("replace") && !item.has(key)) {
                return replacement(patch);
            }
        }
        for (JsonNode item : patch) {
            if (!(item instanceof ObjectNode object) || !object.hasNonNull(key)) {
                throw ApiException.badRequest("map: " + item + " does not contain declared merge key: " + key);
            }
            int at = indexOf(have, item, key);
            switch (object.path(StrategicMerge.DIRECTIVE).asText("merge")) {
                case "delete" -> {
                    for (int found = at; found >= 0; found = indexOf(have, item, key)) {
                        have.remove(found);
                    }
                }
                case "replace" -> put(have, at, object.deepCopy().without(StrategicMerge.DIRECTIVE));
                default -> {
                    ObjectNode base = at < 0 ? Json.object() : (ObjectNode) have.get(at);
                    put(have, at, StrategicMerge.apply(base, object, property.items()));
                }
            }
        }
        return have;
    }

    private static void put(ArrayNode list, int at, JsonNode item) {
        if (at < 0) {
            list.add(item);
        } else {
            list.set(at, item);
        }
    }

    private static ArrayNode replacement(ArrayNode patch) {
        ArrayNode list = Json.array();
        for (JsonNode item : patch) {
            if (!item.has(StrategicMerge.DIRECTIVE)) {
                list.add(item);
            }
        }
        return list;
    }

    static void removeScalars(JsonNode list, JsonNode unwanted) {
        if (list instanceof ArrayNode array) {
            for (JsonNode each : unwanted) {
                for (int at = indexOf(array, each, ""); at >= 0; at = indexOf(array, each, "")) {
                    array.remove(at);
                }
            }
        }
    }

    /** Items in the wanted order; items that the order does not name stay where they were relative to the others. */
    static ArrayNode ordered(ArrayNode list, ArrayNode before, JsonNode order, String key) {
        List<JsonNode> wanted = new ArrayList<>();
        for (JsonNode each : order) {
            int at = indexOf(list, each, key);
            if (at >= 0) {
                wanted.add(list.get(at));
            }
        }
        List<JsonNode> others = new ArrayList<>();
        list.forEach(each -> {
            if (indexOf(order, each, key) < 0) {
                others.add(each);
            }
        });
        ArrayNode result = Json.array();
        int next = 0;
        for (JsonNode each : wanted) {
            int place = indexOf(before, each, key);
            while (next < others.size() && place >= 0 && indexOf(before, others.get(next), key) < place) {
                result.add(others.get(next++));
            }
            result.add(each);
        }
        others.subList(next, others.size()).forEach(result::add);
        return result;
    }

    private static int indexOf(JsonNode list, JsonNode item, String key) {
        for (int i = 0; i < list.size(); i++) {
            boolean same = key.isEmpty()
                    ? list.get(i).equals(item)
                    : list.get(i).path(key).equals(item.path(key));
            if (same) {
                return i;
            }
        }
        return -1;
    }
}
