// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.Cause;

/** What holds for the metadata of every kind. */
public final class MetadataRules {
    private static final int MAX_ANNOTATIONS_BYTES = 256 << 10;

    private MetadataRules() {}

    public static void validate(ResourceType type, ObjectNode object, List<Cause> causes) {
        JsonNode metadata = object.path("metadata");
        String name = metadata.path("name").asText("");
        if (name.isEmpty()) {
            causes.add(Cause.required("metadata.name", "name or generateName is required"));
        } else {
            Names.objectName(type, name).ifPresent(causes::add);
        }
        metadata.path("labels")
                .properties()
                .forEach(each -> Names.labelPair(
                        "metadata.labels", each.getKey(), each.getValue().asText(""), causes));
        long bytes = 0;
        for (var each : metadata.path("annotations").properties()) {
            Names.qualifiedName("metadata.annotations", each.getKey().toLowerCase(java.util.Locale.ROOT))
                    .ifPresent(causes::add);
            bytes += each.getKey().getBytes(StandardCharsets.UTF_8).length
                    + each.getValue().asText("").getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MAX_ANNOTATIONS_BYTES) {
            causes.add(Cause.tooLong("metadata.annotations", MAX_ANNOTATIONS_BYTES));
        }
        finalizers(metadata.path("finalizers"), causes);
        owners(metadata.path("ownerReferences"), causes);
    }

    public static void validateUpdate(ObjectNode next, ObjectNode before, List<Cause> causes) {
        for (String field : List.of("name", "namespace", "uid", "creationTimestamp")) {
            JsonNode now = Json.at(next, "metadata", field);
            if (!now.equals(Json.at(before, "metadata", field))) {
                causes.add(Cause.invalidText("metadata." + field, now.asText(""), "field is immutable"));
            }
        }
        if (Meta.deleting(before)) {
            for (JsonNode finalizer : Meta.finalizers(next)) {
                if (!Meta.hasFinalizer(before, finalizer.asText())) {
                    causes.add(Cause.forbidden(
                            "metadata.finalizers",
                            "no new finalizers can be added if the object is being deleted, found new finalizers []string{\""
                                    + finalizer.asText() + "\"}"));
                }
            }
        }
    }

    private static void finalizers(JsonNode finalizers, List<Cause> causes) {
        for (JsonNode each : finalizers) {
            Names.qualifiedName("metadata.finalizers", each.asText("")).ifPresent(causes::add);
        }
    }

    private static void owners(JsonNode owners, List<Cause> causes) {
        int controllers = 0;
        for (JsonNode owner : owners) {
            for (String field : List.of("apiVersion", "kind", "name", "uid")) {
                if (owner.path(field).asText("").isEmpty()) {
                    causes.add(Cause.invalidText(
                            "metadata.ownerReferences." + field,
                            "",
                            (field.equals("apiVersion") ? "version" : field) + " must not be empty"));
                }
            }
            controllers += owner.path("controller").asBoolean(false) ? 1 : 0;
        }
        if (controllers > 1) {
            causes.add(Cause.invalidText(
                    "metadata.ownerReferences",
                    Integer.toString(controllers),
                    "Only one reference can have Controller set to true"));
        }
    }
}
