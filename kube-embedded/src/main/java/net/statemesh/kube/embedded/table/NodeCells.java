// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import net.statemesh.kube.embedded.object.Meta;

/** Cells of a node, by the rules of kubectl get nodes. */
final class NodeCells {
    private static final String ROLE = "node-role.kubernetes.io/";

    private NodeCells() {}

    static List<Column> columns() {
        return List.of(
                Column.objectName(),
                Column.text("Status", (node, now) -> status(node)),
                Column.text("Roles", (node, now) -> roles(node)),
                Column.age(),
                BuiltinColumns.at("Version", "/status/nodeInfo/kubeletVersion"),
                Column.wide("Internal-IP", (node, now) -> address(node, "InternalIP")),
                Column.wide("External-IP", (node, now) -> address(node, "ExternalIP")),
                info("OS-Image", "osImage"),
                info("Kernel-Version", "kernelVersion"),
                info("Container-Runtime", "containerRuntimeVersion"));
    }

    private static Column info(String name, String field) {
        return Column.wide(name, (node, now) -> {
            String text = node.at("/status/nodeInfo").path(field).asText("");
            return text.isEmpty() ? "<unknown>" : text;
        });
    }

    private static String status(JsonNode node) {
        String ready = "Unknown";
        for (JsonNode condition : node.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                ready = condition.path("status").asText().equals("True") ? "Ready" : "NotReady";
            }
        }
        return node.at("/spec/unschedulable").asBoolean(false) ? ready + ",SchedulingDisabled" : ready;
    }

    private static String roles(JsonNode node) {
        String roles = Meta.labels(node).properties().stream()
                .filter(each -> each.getKey().startsWith(ROLE))
                .map(each -> each.getKey().substring(ROLE.length()))
                .sorted()
                .collect(Collectors.joining(","));
        return PodCells.orNone(roles);
    }

    private static String address(JsonNode node, String type) {
        for (JsonNode address : node.at("/status/addresses")) {
            if (address.path("type").asText().equals(type)) {
                return address.path("address").asText();
            }
        }
        return "<none>";
    }
}
