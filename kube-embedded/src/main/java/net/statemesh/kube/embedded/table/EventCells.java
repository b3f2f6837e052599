// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** Cells of an event, by the rules of kubectl get events. */
final class EventCells {
    private EventCells() {}

    static List<Column> columns() {
        return List.of(
                Column.text("Last Seen", (event, now) -> Durations.since(last(event), now)),
                BuiltinColumns.at("Type", "/type"),
                BuiltinColumns.at("Reason", "/reason"),
                Column.text(
                        "Object",
                        (event, now) ->
                                event.at("/involvedObject/kind").asText().toLowerCase(Locale.ROOT) + "/"
                                        + event.at("/involvedObject/name").asText()),
                Column.wide(
                        "Subobject",
                        (event, now) -> event.at("/involvedObject/fieldPath").asText("")),
                Column.wide("Source", (event, now) -> source(event)),
                Column.text(
                        "Message",
                        (event, now) -> event.path("message").asText("").strip()),
                Column.wide("First Seen", (event, now) -> Durations.since(first(event), now)),
                new Column(
                        "Count",
                        "integer",
                        "",
                        "",
                        1,
                        (event, now) -> event.path("count").asLong(1)),
                new Column(
                        "Name",
                        "string",
                        "name",
                        "",
                        1,
                        (event, now) -> event.at("/metadata/name").asText()));
    }

    private static String last(JsonNode event) {
        String series = event.at("/series/lastObservedTime").asText("");
        String last = event.path("lastTimestamp").asText("");
        return !series.isEmpty() ? series : last.isEmpty() ? first(event) : last;
    }

    private static String first(JsonNode event) {
        String first = event.path("firstTimestamp").asText("");
        return first.isEmpty() ? event.path("eventTime").asText("") : first;
    }

    private static String source(JsonNode event) {
        String component = event.at("/source/component")
                .asText(event.path("reportingComponent").asText(""));
        String host = event.at("/source/host").asText("");
        return host.isEmpty() ? component : component + ", " + host;
    }
}
