// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a deploy changes, before it does. Pure.
 *
 * @param changes lines for people; empty when everything is as asked for
 */
record Plan(Kind kind, List<String> changes) {
    private static final int MAX_LINES = 40;
    private static final int MAX_VALUE_CHARS = 60;
    /** What has its default, or follows from the rest, is not worth a line in the plan of something new. */
    private static final Pattern USUAL =
            Pattern.compile("^(containers\\[[^]]*]\\.(name|ports.*\\.protocol|readinessProbe\\..*)"
                    + "|entrypoints.*\\.(path|pathType)|stopped|terminationGracePeriodSeconds|updateStrategy)$");

    /** What happens to the object. */
    enum Kind {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    /** Compares specs; {@code before} is absent where there is no application of the name yet. */
    static Plan between(Optional<JsonNode> before, JsonNode after) {
        Map<String, String> old = new TreeMap<>();
        before.ifPresent(tree -> flatten("", tree, old));
        Map<String, String> wanted = new TreeMap<>();
        flatten("", after, wanted);
        if (before.isEmpty()) {
            wanted.keySet().removeIf(path -> USUAL.matcher(path).find());
            return new Plan(Kind.CREATED, lines(Map.of(), wanted));
        }
        List<String> changes = lines(old, wanted);
        return new Plan(changes.isEmpty() ? Kind.UNCHANGED : Kind.UPDATED, changes);
    }

    private static List<String> lines(Map<String, String> old, Map<String, String> wanted) {
        List<String> lines = new ArrayList<>();
        wanted.forEach((path, value) -> {
            String was = old.get(path);
            if (was == null) {
                lines.add("+ " + path + " = " + value);
            } else if (!was.equals(value)) {
                lines.add("~ " + path + " = " + was + " → " + value);
            }
        });
        old.forEach((path, value) -> {
            if (!wanted.containsKey(path)) {
                lines.add("- " + path + " = " + value);
            }
        });
        if (lines.size() > MAX_LINES) {
            int more = lines.size() - MAX_LINES;
            lines.subList(MAX_LINES, lines.size()).clear();
            lines.add("… and " + more + " more");
        }
        return List.copyOf(lines);
    }

    /** Lists whose items have names are keyed by them, so that an insertion is no change of everything behind it. */
    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                String key = node.get(i).path("name").asText(Integer.toString(i));
                flatten(path + "[" + key + "]", node.get(i), into);
            }
        } else {
            String text = node.asText();
            into.put(path, text.length() > MAX_VALUE_CHARS ? text.substring(0, MAX_VALUE_CHARS - 1) + "…" : text);
        }
    }
}
