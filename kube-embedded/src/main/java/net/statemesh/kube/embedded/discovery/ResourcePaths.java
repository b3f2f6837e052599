// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.statemesh.kube.embedded.resource.ResourceType;

/** The paths of a resource as OpenAPI operations: enough for clients to find its kind and which parameters it takes. */
final class ResourcePaths {
    private static final List<String> WRITE_PARAMETERS = List.of("dryRun", "fieldManager", "fieldValidation");

    private ResourcePaths() {}

    static void add(ObjectNode paths, ResourceType type, boolean v3) {
        String base = (type.group().isEmpty() ? "/api/" + type.version() : "/apis/" + type.apiVersion())
                + (type.namespaced() ? "/namespaces/{namespace}" : "")
                + "/" + type.plural();
        ObjectNode collection = paths.putObject(base);
        operation(collection, "post", type, "post", v3);
        if (type.stored()) {
            operation(collection, "get", type, "list", v3);
            operation(collection, "delete", type, "deletecollection", v3);
            ObjectNode one = paths.putObject(base + "/{name}");
            operation(one, "get", type, "get", v3);
            operation(one, "put", type, "put", v3);
            operation(one, "patch", type, "patch", v3);
            operation(one, "delete", type, "delete", v3);
        }
    }

    private static void operation(ObjectNode path, String method, ResourceType type, String action, boolean v3) {
        ObjectNode operation = path.putObject(method).put("x-kubernetes-action", action);
        operation
                .putObject("x-kubernetes-group-version-kind")
                .put("group", type.group())
                .put("kind", type.kind())
                .put("version", type.version());
        if (List.of("post", "put", "patch").contains(method)) {
            ArrayNode parameters = operation.putArray("parameters");
            for (String name : WRITE_PARAMETERS) {
                ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
                if (v3) {
                    parameter.putObject("schema").put("type", "string").put("uniqueItems", true);
                } else {
                    parameter.put("type", "string").put("uniqueItems", true);
                }
            }
        }
        operation.putObject("responses").putObject("200").put("description", "OK");
    }
}
