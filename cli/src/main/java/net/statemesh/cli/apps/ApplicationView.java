// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What people see of an application. Read from the tree by hand: binding the whole object would cost every listing its start-up.
 *
 * @param id empty until the master gave one
 * @param phase empty until the master looked at it
 * @param created RFC 3339, UTC
 * @param object as the API server sent it
 */
record ApplicationView(
        String name,
        String project,
        String id,
        String phase,
        int readyReplicas,
        int wantedReplicas,
        String image,
        List<String> urls,
        String reason,
        String created,
        JsonNode object) {

    static ApplicationView of(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        JsonNode spec = object.path("spec");
        JsonNode status = object.path("status");
        List<String> urls = new ArrayList<>();
        status.path("urls").forEach(url -> urls.add(url.asText()));
        String reason = "";
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals("Serving")) {
                reason = condition.path("reason").asText();
            }
        }
        boolean stopped = spec.path("stopped").asBoolean();
        return new ApplicationView(
                metadata.path("name").asText(),
                metadata.path("namespace").asText(),
                status.path("id").asText(),
                status.path("phase").asText(),
                status.path("readyReplicas").asInt(),
                stopped ? 0 : spec.path("replicas").asInt(1),
                spec.path("containers").path(0).path("image").asText(),
                List.copyOf(urls),
                reason,
                metadata.path("creationTimestamp").asText(),
                object);
    }

    /** Word for a phase that is not there yet, too. */
    String phaseOrPending() {
        return phase.isEmpty() ? "Pending" : phase;
    }

    String ready() {
        return readyReplicas + "/" + wantedReplicas;
    }

    /** First URL; {@code -} when it is not reached from outside. */
    String url() {
        return urls.isEmpty() ? "-" : urls.getFirst();
    }

    ObjectNode document() {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("name", name);
        document.put("project", project);
        document.put("id", id);
        document.put("phase", phaseOrPending());
        document.put("readyReplicas", readyReplicas);
        document.put("replicas", wantedReplicas);
        document.put("image", image);
        if (urls.isEmpty()) {
            document.putNull("url");
        } else {
            document.put("url", urls.getFirst());
        }
        ArrayNode all = document.putArray("urls");
        urls.forEach(all::add);
        document.put("created", created);
        return document;
    }
}
