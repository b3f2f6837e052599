// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Reads and writes {@code metadata} of an object tree. */
public final class Meta {
    private Meta() {}

    public static ObjectNode of(ObjectNode object) {
        return Json.child(object, "metadata");
    }

    public static String name(JsonNode object) {
        return Json.text(object, "metadata", "name");
    }

    public static String namespace(JsonNode object) {
        return Json.text(object, "metadata", "namespace");
    }

    public static String uid(JsonNode object) {
        return Json.text(object, "metadata", "uid");
    }

    public static String resourceVersion(JsonNode object) {
        return Json.text(object, "metadata", "resourceVersion");
    }

    public static JsonNode labels(JsonNode object) {
        return Json.at(object, "metadata", "labels");
    }

    public static boolean deleting(JsonNode object) {
        return Json.at(object, "metadata", "deletionTimestamp").isTextual();
    }

    public static JsonNode finalizers(JsonNode object) {
        return Json.at(object, "metadata", "finalizers");
    }

    public static boolean hasFinalizer(JsonNode object, String finalizer) {
        for (JsonNode each : finalizers(object)) {
            if (each.asText().equals(finalizer)) {
                return true;
            }
        }
        return false;
    }

    public static void addFinalizer(ObjectNode object, String finalizer) {
        if (!hasFinalizer(object, finalizer)) {
            ObjectNode metadata = of(object);
            ArrayNode list =
                    metadata.get("finalizers") instanceof ArrayNode have ? have : metadata.putArray("finalizers");
            list.add(finalizer);
        }
    }

    public static void removeFinalizer(ObjectNode object, String finalizer) {
        ArrayNode left = Json.array();
        for (JsonNode each : finalizers(object)) {
            if (!each.asText().equals(finalizer)) {
                left.add(each);
            }
        }
        if (left.isEmpty()) {
            of(object).remove("finalizers");
        } else {
            of(object).set("finalizers", left);
        }
    }

    /** Time in the form of {@code metav1.Time}: RFC 3339, whole seconds, UTC. */
    public static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
