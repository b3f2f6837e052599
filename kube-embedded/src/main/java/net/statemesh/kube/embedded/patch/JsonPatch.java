// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.kube.embedded.status.ApiException;

/** JSON Patch (RFC 6902). */
public final class JsonPatch {
    /** As in Kubernetes. */
    static final int MAX_OPERATIONS = 10_000;

    private JsonPatch() {}

    /** Applies a patch to a tree of which this call may change everything. */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isArray()) {
            throw ApiException.badRequest("a JSON patch must be an array of operations");
        }
        if (patch.size() > MAX_OPERATIONS) {
            throw ApiException.of(
                    413,
                    "RequestEntityTooLarge",
                    "The allowed maximum operations in a JSON patch is " + MAX_OPERATIONS + ", got " + patch.size());
        }
        JsonNode result = target;
        for (JsonNode operation : patch) {
            result = one(result, operation);
        }
        return result;
    }

    private static JsonNode one(JsonNode root, JsonNode operation) {
        List<String> path = pointer(operation, "path");
        return switch (operation.path("op").asText("")) {
            case "add" -> add(root, path, value(operation));
            case "remove" -> remove(root, path);
            case "replace" -> {
                find(root, path);
                yield path.isEmpty() ? value(operation) : add(remove(root, path), path, value(operation));
            }
            case "move" -> {
                List<String> from = pointer(operation, "from");
                JsonNode moved = find(root, from);
                yield add(remove(root, from), path, moved);
            }
            case "copy" ->
                add(root, path, find(root, pointer(operation, "from")).deepCopy());
            case "test" -> {
                if (!same(find(root, path), value(operation))) {
                    throw failed("testing value " + operation.path("path").asText() + " failed: expected "
                            + operation.path("value"));
                }
                yield root;
            }
            default ->
                throw ApiException.badRequest(
                        "JSON patch operation \"" + operation.path("op").asText("")
                                + "\" is unknown; accepted: add, remove, replace, move, copy, test");
        };
    }

    private static JsonNode add(JsonNode root, List<String> path, JsonNode value) {
        if (path.isEmpty()) {
            return value;
        }
        String last = path.getLast();
        JsonNode parent = find(root, path.subList(0, path.size() - 1));
        switch (parent) {
            case ObjectNode object -> object.set(last, value);
            case ArrayNode array -> array.insert(last.equals("-") ? array.size() : index(last, array.size()), value);
            default -> throw missing(path);
        }
        return root;
    }

    private static JsonNode remove(JsonNode root, List<String> path) {
        if (path.isEmpty()) {
            throw failed("the whole object cannot be removed");
        }
        find(root, path);
        JsonNode parent = find(root, path.subList(0, path.size() - 1));
        if (parent instanceof ObjectNode object) {
            object.remove(path.getLast());
        } else if (parent instanceof ArrayNode array) {
            array.remove(index(path.getLast(), array.size() - 1));
        }
        return root;
    }

    private static JsonNode find(JsonNode root, List<String> path) {
        JsonNode node = root;
        for (String step : path) {
            node = node.isArray() ? node.path(index(step, node.size() - 1)) : node.path(step);
            if (node.isMissingNode()) {
                throw missing(path);
            }
        }
        return node;
    }

    private static int index(String text, int max) {
        boolean digits = !text.isEmpty() && text.length() < 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Integer.parseInt(text) > max) {
            throw failed("index \"" + text + "\" is not in the array");
        }
        return Integer.parseInt(text);
    }

    private static List<String> pointer(JsonNode operation, String field) {
        JsonNode text = operation.path(field);
        if (!text.isTextual() || !(text.asText().isEmpty() || text.asText().startsWith("/"))) {
            throw ApiException.badRequest(
                    "JSON patch operation: \"" + field + "\" must be a JSON pointer, found " + text);
        }
        List<String> steps = new ArrayList<>();
        if (!text.asText().isEmpty()) {
            for (String step : text.asText().substring(1).split("/", -1)) {
                steps.add(step.replace("~1", "/").replace("~0", "~"));
            }
        }
        return steps;
    }

    private static JsonNode value(JsonNode operation) {
        if (!operation.has("value")) {
            throw ApiException.badRequest(
                    "JSON patch operation \"" + operation.path("op").asText() + "\" needs a value");
        }
        return operation.get("value").deepCopy();
    }

    private static boolean same(JsonNode left, JsonNode right) {
        return (left.isNumber() && right.isNumber())
                ? left.decimalValue().compareTo(right.decimalValue()) == 0
                : left.equals(right);
    }

    private static ApiException missing(List<String> path) {
        return failed("path /" + String.join("/", path) + " does not exist");
    }

    private static ApiException failed(String why) {
        return ApiException.of(
                422, "Invalid", "the server rejected our request due to an error in our request: " + why);
    }
}
