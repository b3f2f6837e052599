// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import net.statemesh.kube.embedded.object.Json;

/** Which Secrets, ConfigMaps and service accounts a pod refers to. */
public final class PodReferences {
    private PodReferences() {}

    /** True when the pod refers to the object of this resource and name in its own namespace. */
    public static boolean to(JsonNode pod, String resource, String name) {
        JsonNode spec = pod.path("spec");
        return switch (resource) {
            case "secrets" ->
                named(spec.path("imagePullSecrets"), name, "name")
                        || volumes(spec, name, "secret", "secretName")
                        || containers(spec, name, "secretRef", "secretKeyRef");
            case "configmaps" ->
                volumes(spec, name, "configMap", "name") || containers(spec, name, "configMapRef", "configMapKeyRef");
            case "serviceaccounts" -> spec.path("serviceAccountName").asText("").equals(name);
            default -> false;
        };
    }

    private static boolean volumes(JsonNode spec, String name, String source, String field) {
        for (JsonNode volume : spec.path("volumes")) {
            if (Json.text(volume, source, field).equals(name)) {
                return true;
            }
            for (JsonNode projection : volume.path("projected").path("sources")) {
                if (Json.text(projection, source, "name").equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean containers(JsonNode spec, String name, String whole, String key) {
        for (String list : PodDefaults.CONTAINER_LISTS) {
            for (JsonNode container : spec.path(list)) {
                for (JsonNode from : container.path("envFrom")) {
                    if (Json.text(from, whole, "name").equals(name)) {
                        return true;
                    }
                }
                for (JsonNode env : container.path("env")) {
                    if (Json.text(env, "valueFrom", key, "name").equals(name)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean named(JsonNode list, String name, String field) {
        for (JsonNode each : list) {
            if (each.path(field).asText().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
