// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.statemesh.contract.engine.ApiClient;

/**
 * Every object of a server, to the last field, but for what only reports.
 *
 * @param objects by group, version, resource, namespace and name
 */
record Dump(Map<String, JsonNode> objects) {
    private static final Set<String> REPORTS = Set.of("events", "componentstatuses");

    static Dump of(ApiClient admin) {
        Map<String, JsonNode> objects = new TreeMap<>();
        for (String groupVersion : groupVersions(admin)) {
            JsonNode resources = admin.get(groupVersion).succeeded().body().path("resources");
            for (JsonNode resource : resources) {
                String name = resource.path("name").asText();
                boolean listed = resource.path("verbs").toString().contains("\"list\"");
                if (listed && !name.contains("/") && !REPORTS.contains(name)) {
                    list(admin, groupVersion + "/" + name, objects);
                }
            }
        }
        return new Dump(objects);
    }

    /** Without the traces that a change leaves which was taken back: that something was written, by whom and when. */
    Dump withoutTraces() {
        Map<String, JsonNode> plain = new TreeMap<>();
        objects.forEach((name, object) -> {
            JsonNode copy = object.deepCopy();
            if (copy.get("metadata") instanceof ObjectNode metadata) {
                metadata.remove(List.of("resourceVersion", "managedFields"));
            }
            plain.put(name, copy);
        });
        return new Dump(plain);
    }

    private static List<String> groupVersions(ApiClient admin) {
        List<String> found = new ArrayList<>(List.of("/api/v1"));
        admin.get("/apis")
                .body()
                .path("groups")
                .forEach(group -> found.add(
                        "/apis/" + group.at("/preferredVersion/groupVersion").asText()));
        return found;
    }

    private static void list(ApiClient admin, String path, Map<String, JsonNode> objects) {
        admin.get(path)
                .body()
                .path("items")
                .forEach(item -> objects.put(
                        path + " " + item.at("/metadata/namespace").asText() + "/"
                                + item.at("/metadata/name").asText(),
                        item));
    }
}
