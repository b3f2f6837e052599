// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.api.Annotations;
import net.statemesh.api.Labels;

/** What people see of a node. */
record NodeView(String name, JsonNode object) {
    static NodeView of(JsonNode object) {
        return new NodeView(object.at("/metadata/name").asText(), object);
    }

    /** {@code Ready}, {@code NotReady} or {@code Unknown}, and {@code cordoned}. */
    String status() {
        String status = "Unknown";
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                status = switch (condition.path("status").asText()) {
                    case "True" -> "Ready";
                    case "False" -> "NotReady";
                    default -> "Unknown";
                };
            }
        }
        return object.at("/spec/unschedulable").asBoolean() ? status + ",cordoned" : status;
    }

    String label(String label) {
        String value = object.at("/metadata/labels").path(label).asText("");
        return value.isEmpty() ? "-" : value;
    }

    String nodeClass() {
        return label(Labels.NODE_CLASS);
    }

    String address() {
        for (JsonNode address : object.at("/status/addresses")) {
            if (address.path("type").asText().equals("InternalIP")) {
                return address.path("address").asText();
            }
        }
        return "-";
    }

    String allocatable(String resource) {
        String value = object.at("/status/allocatable").path(resource).asText("");
        return value.isEmpty() ? "-" : value;
    }

    String info(String field) {
        String value = object.at("/status/nodeInfo").path(field).asText("");
        return value.isEmpty() ? "-" : value;
    }

    String cordonedBy() {
        return object.at("/metadata/annotations").path(Annotations.CORDONED_BY).asText("");
    }

    boolean cordoned() {
        return object.at("/spec/unschedulable").asBoolean();
    }

    String drainedBy() {
        return object.at("/metadata/annotations").path(Annotations.DRAINED_BY).asText("");
    }

    String created() {
        return object.at("/metadata/creationTimestamp").asText("");
    }

    ObjectNode document() {
        ObjectNode document = new ObjectMapper().createObjectNode();
        document.put("name", name)
                .put("status", status())
                .put("class", nodeClass())
                .put("address", address());
        document.put("cpu", allocatable("cpu")).put("memory", allocatable("memory"));
        document.put("agent", info("kubeletVersion")).put("kernel", info("kernelVersion"));
        document.set("labels", object.at("/metadata/labels"));
        document.set("conditions", object.at("/status/conditions"));
        if (!cordonedBy().isEmpty()) {
            document.put("cordonedBy", cordonedBy());
        }
        if (!drainedBy().isEmpty()) {
            document.put("drainedBy", drainedBy());
        }
        return document.put("created", created());
    }
}
