// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.history.History;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.output.Console;
import net.statemesh.cli.output.Documents;
import net.statemesh.cli.output.Format;
import net.statemesh.cli.output.Table;

/**
 * What is known of one application or node, as people and scripts see it.
 *
 * @param name of the subject
 * @param history the History object; missing when nothing is known
 */
public record HistoryView(String name, JsonNode history) {
    private static final List<String> FIELDS =
            List.of("first", "last", "count", "warning", "reason", "actor", "about", "message");

    /** The History of a subject; empty when there is none. */
    public static Optional<HistoryView> find(ApiClient api, String namespace, String kind, String name) {
        return api.find(ApiPaths.history(namespace, History.nameOf(kind, name)))
                .map(object -> new HistoryView(name, object));
    }

    /** For a subject of which nothing is known. */
    public static HistoryView empty(String name) {
        return new HistoryView(name, new ObjectMapper().createObjectNode());
    }

    /** What happened last comes last. */
    public void print(Console console, Format format) {
        if (format.isDocument()) {
            console.result(Documents.text(document(), format));
            return;
        }
        lines().forEach(console::result);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        JsonNode entries = history.at("/spec/entries");
        if (entries.isEmpty()) {
            lines.add("Nothing is known to have happened to " + name + " in the last 30 days.");
            return lines;
        }
        lines.add(name + ": the last 30 days, what happened last comes last");
        Table table = new Table("TIME", "REASON", "BY", "WHAT");
        entries.forEach(entry ->
                table.row(entry.path("last").asText(), times(entry), orDash(entry, "actor"), orDash(entry, "about")));
        List<String> rows = table.lines(Integer.MAX_VALUE);
        lines.add("  " + rows.getFirst());
        for (int i = 0; i < entries.size(); i++) {
            lines.add("  " + rows.get(i + 1));
            String message = entries.get(i).path("message").asText();
            if (!message.isEmpty()) {
                lines.add("      " + message.replace("\n", " "));
            }
        }
        if (history.at("/spec/forgotten").asInt() > 0) {
            lines.add("  and " + history.at("/spec/forgotten").asInt() + " older ones, which were too many to keep");
        }
        return lines;
    }

    private static String times(JsonNode entry) {
        String reason = entry.path("reason").asText();
        int count = entry.path("count").asInt(1);
        return count > 1
                ? reason + " x" + count + " since " + entry.path("first").asText()
                : reason;
    }

    private static String orDash(JsonNode entry, String field) {
        String text = entry.path(field).asText("");
        return text.isEmpty() ? "-" : text;
    }

    ObjectNode document() {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("name", name);
        ArrayNode entries = document.putArray("entries");
        history.at("/spec/entries").forEach(entry -> {
            ObjectNode shown = entries.addObject();
            FIELDS.forEach(field -> shown.set(field, entry.path(field)));
        });
        return document.put("forgotten", history.at("/spec/forgotten").asInt());
    }
}
