// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import net.statemesh.kube.embedded.object.Json;

/** Fields of a pod that depend on others: the constant defaults stand in the schema. */
final class PodDefaults {
    static final List<String> CONTAINER_LISTS = List.of("initContainers", "containers", "ephemeralContainers");

    private PodDefaults() {}

    static void fillIn(ObjectNode pod) {
        ObjectNode spec = Json.child(pod, "spec");
        for (String list : CONTAINER_LISTS) {
            for (JsonNode each : spec.path(list)) {
                if (each instanceof ObjectNode container) {
                    container(container);
                }
            }
        }
        String account = spec.path("serviceAccountName")
                .asText(spec.path("serviceAccount").asText(""));
        if (!account.isEmpty()) {
            spec.put("serviceAccountName", account).put("serviceAccount", account);
        }
        if (spec.path("hostNetwork").asBoolean(false)) {
            hostPorts(spec);
        }
    }

    private static void container(ObjectNode container) {
        String image = container.path("image").asText("");
        if (!container.has("imagePullPolicy") && !image.isEmpty()) {
            container.put("imagePullPolicy", isLatest(image) ? "Always" : "IfNotPresent");
        }
        for (String kind : List.of("requests", "limits")) {
            if (container.path("resources").path(kind) instanceof ObjectNode amounts) {
                amounts.properties()
                        .forEach(each -> each.setValue(TextNode.valueOf(
                                Quantity.canonical(each.getValue().asText()))));
            }
        }
        if (container.get("resources") instanceof ObjectNode resources
                && resources.path("limits") instanceof ObjectNode limits) {
            ObjectNode requests = Json.child(resources, "requests");
            limits.properties().forEach(each -> {
                if (!requests.has(each.getKey())) {
                    requests.set(each.getKey(), each.getValue());
                }
            });
        }
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            JsonNode header = container.path(probe).path("httpGet").path("httpHeaders");
            if (header.isArray() && header.isEmpty()) {
                ((ObjectNode) container.path(probe).path("httpGet")).remove("httpHeaders");
            }
        }
    }

    /** True for images whose tag is latest, given or meant. */
    static boolean isLatest(String image) {
        if (image.contains("@")) {
            return false;
        }
        int colon = image.lastIndexOf(':');
        return colon <= image.lastIndexOf('/') || image.endsWith(":latest");
    }

    private static void hostPorts(ObjectNode spec) {
        for (JsonNode container : spec.path("containers")) {
            for (JsonNode port : container.path("ports")) {
                if (port instanceof ObjectNode each && !each.has("hostPort")) {
                    each.set("hostPort", each.path("containerPort"));
                }
            }
        }
    }
}
