// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.kube.embedded.object.Json;

/**
 * One entry of {@code metadata.managedFields}.
 *
 * @param time when the entry last changed, empty when unknown
 */
record ManagedField(Manager manager, String time, FieldSet fields) {

    /**
     * Who owns fields.
     *
     * @param operation {@code Apply} or {@code Update}
     * @param subresource through which the fields were written, empty for the object itself
     */
    record Manager(String name, String operation, String apiVersion, String subresource) {
        static final String APPLY = "Apply";
        static final String UPDATE = "Update";

        boolean applies() {
            return operation.equals(APPLY);
        }
    }

    static ManagedField parse(JsonNode entry) {
        Manager manager = new Manager(
                entry.path("manager").asText(""),
                entry.path("operation").asText(""),
                entry.path("apiVersion").asText(""),
                entry.path("subresource").asText(""));
        return new ManagedField(manager, entry.path("time").asText(""), FieldSet.parse(entry.path("fieldsV1")));
    }

    ObjectNode toJson() {
        ObjectNode entry = Json.object()
                .put("manager", manager.name())
                .put("operation", manager.operation())
                .put("apiVersion", manager.apiVersion());
        if (!time.isEmpty()) {
            entry.put("time", time);
        }
        entry.put("fieldsType", "FieldsV1").set("fieldsV1", fields.toJson());
        if (!manager.subresource().isEmpty()) {
            entry.put("subresource", manager.subresource());
        }
        return entry;
    }

    /** As conflict messages name it. */
    String described() {
        String text = '"' + manager.name() + '"';
        if (!manager.subresource().isEmpty()) {
            text += " with subresource \"" + manager.subresource() + '"';
        }
        if (manager.applies()) {
            return text;
        }
        return text + " using " + manager.apiVersion() + (time.isEmpty() ? "" : " at " + time);
    }
}
