// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.statemesh.kube.embedded.object.Json;

/** The part of Kubernetes' JSONPath that printer columns use: fields, indexes, {@code [*]} and {@code [?(@.field=="value")]}. */
final class JsonPath {
    private static final Pattern STEP = Pattern.compile(
            "\\.?([A-Za-z0-9_\\-/]+(?:\\\\\\.[A-Za-z0-9_\\-/]+)*)|\\[['\"]([^'\"]+)['\"]]|\\[(\\d{1,6}|\\*)]"
                    + "|\\[\\?\\(@\\.([A-Za-z0-9_.\\-]+)\\s*==\\s*['\"]([^'\"]*)['\"]\\)]");

    private final List<Step> steps;

    private sealed interface Step {
        record Field(String name) implements Step {}

        record Index(int index) implements Step {}

        record All() implements Step {}

        record Where(List<String> field, String value) implements Step {}
    }

    private JsonPath(List<Step> steps) {
        this.steps = steps;
    }

    static JsonPath parse(String path) {
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path.replaceAll("^\\{?\\$?|}$", ""));
        while (step.find()) {
            if (step.group(1) != null) {
                steps.add(new Step.Field(step.group(1).replace("\\.", ".")));
            } else if (step.group(2) != null) {
                steps.add(new Step.Field(step.group(2)));
            } else if (step.group(3) != null) {
                steps.add(step.group(3).equals("*") ? new Step.All() : new Step.Index(Integer.parseInt(step.group(3))));
            } else {
                steps.add(new Step.Where(List.of(step.group(4).split("\\.", -1)), step.group(5)));
            }
        }
        return new JsonPath(List.copyOf(steps));
    }

    /** The first value at the path; a missing node when there is none. */
    JsonNode first(JsonNode object) {
        List<JsonNode> at = List.of(object);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            at.forEach(node -> follow(node, step, next));
            at = next;
        }
        return at.isEmpty() ? Json.object().path("none") : at.getFirst();
    }

    private static void follow(JsonNode node, Step step, List<JsonNode> into) {
        switch (step) {
            case Step.Field field -> {
                if (node.has(field.name())) {
                    into.add(node.get(field.name()));
                }
            }
            case Step.Index index -> {
                if (node.has(index.index())) {
                    into.add(node.get(index.index()));
                }
            }
            case Step.All all -> node.forEach(into::add);
            case Step.Where where ->
                node.forEach(each -> {
                    if (Json.at(each, where.field().toArray(String[]::new))
                            .asText("")
                            .equals(where.value())) {
                        into.add(each);
                    }
                });
        }
    }
}
