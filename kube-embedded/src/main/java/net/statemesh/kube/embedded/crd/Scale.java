// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.status.Cause;

/** The scale subresource: replicas of a custom object at the paths its definition names. */
public final class Scale {
    private Scale() {}

    /** {@code autoscaling/v1 Scale} of an object. */
    public static ObjectNode of(ResourceType type, ObjectNode object) {
        JsonNode paths = paths(type);
        ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            JsonNode value = object.path("metadata").get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        scale.putObject("spec")
                .put("replicas", at(object, paths.path("specReplicasPath")).asInt(0));
        ObjectNode status = scale.putObject("status")
                .put("replicas", at(object, paths.path("statusReplicasPath")).asInt(0));
        String selector = at(object, paths.path("labelSelectorPath")).asText("");
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    /** Sets the replicas that a Scale asks for. */
    public static ObjectNode apply(ResourceType type, ObjectNode object, JsonNode scale) {
        JsonNode replicas = scale.path("spec").path("replicas");
        if (!replicas.canConvertToInt() || replicas.asInt() < 0) {
            throw ApiException.invalid(
                    "autoscaling",
                    "Scale",
                    Meta.name(object),
                    List.of(Cause.invalid(
                            "spec.replicas",
                            replicas.isMissingNode() ? "null" : replicas.toString(),
                            "must be greater than or equal to 0")));
        }
        String[] path = steps(paths(type).path("specReplicasPath"));
        ObjectNode parent = object;
        for (int i = 0; i < path.length - 1; i++) {
            parent = Json.child(parent, path[i]);
        }
        parent.put(path[path.length - 1], replicas.asInt());
        String version = Meta.resourceVersion(scale);
        if (!version.isEmpty()) {
            Meta.of(object).put("resourceVersion", version);
        }
        return object;
    }

    private static JsonNode paths(ResourceType type) {
        JsonNode custom = type.custom();
        return custom == null ? Json.object() : custom.path("subresources").path("scale");
    }

    private static JsonNode at(JsonNode object, JsonNode path) {
        return path.asText("").isEmpty() ? Json.object().path("none") : Json.at(object, steps(path));
    }

    private static String[] steps(JsonNode path) {
        return path.asText().replaceFirst("^\\.", "").split("\\.", -1);
    }
}
