// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import net.statemesh.api.Annotations;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;

/**
 * Something that happened to an application or one of its replicas.
 *
 * @param about name of the object
 * @param actor who did it; empty when the event does not say
 * @param time RFC 3339, UTC: last time it happened
 */
record EventView(String time, String about, String reason, String message, String actor, int count, boolean warning) {

    /** Events about any of these objects and replicas that are gone, oldest first. */
    static List<EventView> of(ApiClient api, String project, Set<String> names, ApplicationView application) {
        String replicas = application.name() + "-" + application.id() + "-";
        return api.list(ApiPaths.events(project)).stream()
                .map(EventView::of)
                .filter(event -> names.contains(event.about())
                        || (!application.id().isEmpty() && event.about().startsWith(replicas)))
                .sorted(Comparator.comparing(EventView::time))
                .toList();
    }

    private static EventView of(JsonNode event) {
        String time = event.path("lastTimestamp").asText("");
        if (time.isEmpty() || time.equals("null")) {
            time = event.path("eventTime").asText("");
        }
        if (time.isEmpty() || time.equals("null")) {
            time = event.at("/metadata/creationTimestamp").asText("");
        }
        String actor = event.at("/metadata/annotations").path(Annotations.ACTOR).asText("");
        if (actor.isEmpty()) {
            actor = event.at("/source/component")
                    .asText(event.path("reportingComponent").asText(""));
        }
        return new EventView(
                time,
                event.at("/involvedObject/name").asText(),
                event.path("reason").asText(),
                event.path("message").asText(),
                actor,
                Math.max(1, event.path("count").asInt(1)),
                event.path("type").asText().equals("Warning"));
    }

    ObjectNode document() {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("time", time).put("about", about).put("reason", reason).put("message", message);
        return document.put("actor", actor).put("count", count).put("warning", warning);
    }
}
