// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;

/** OpenAPI documents: version 3 per group version, version 2 for everything at once. Made when asked for, which is seldom. */
public final class OpenApi {
    private static final String V3 = "#/components/schemas/";
    private static final String V2 = "#/definitions/";

    private final ResourceRegistry registry;

    public OpenApi(ResourceRegistry registry) {
        this.registry = registry;
    }

    /** {@code /openapi/v3}: where the documents are, with a hash that changes with their content. */
    public ObjectNode index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        for (String path : groupVersions()) {
            paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hash(document(path)));
        }
        return index;
    }

    /** {@code /openapi/v3/api/v1} and {@code /openapi/v3/apis/GROUP/VERSION}; {@code path} without the prefix. */
    public ObjectNode document(String path) {
        List<ResourceType> types =
                registry.all().stream().filter(type -> path(type).equals(path)).toList();
        if (types.isEmpty()) {
            throw ApiException.noSuchPath();
        }
        ObjectNode document = head(Json.object().put("openapi", "3.0.0"));
        ObjectNode paths = document.putObject("paths");
        types.forEach(type -> ResourcePaths.add(paths, type, true));
        schemas(types, V3).forEach(document.putObject("components").putObject("schemas")::set);
        return document;
    }

    /** {@code /openapi/v2}. */
    public ObjectNode everything() {
        ObjectNode document = head(Json.object().put("swagger", "2.0"));
        ObjectNode paths = document.putObject("paths");
        registry.all().forEach(type -> ResourcePaths.add(paths, type, false));
        schemas(registry.all(), V2).forEach(document.putObject("definitions")::set);
        return document;
    }

    private Set<String> groupVersions() {
        Set<String> paths = new LinkedHashSet<>();
        registry.all().forEach(type -> paths.add(path(type)));
        return paths;
    }

    private static String path(ResourceType type) {
        return type.group().isEmpty() ? "api/" + type.version() : "apis/" + type.apiVersion();
    }

    private static ObjectNode head(ObjectNode document) {
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.32.0");
        return document;
    }

    /** Schemas of the types and of everything they refer to. */
    private Map<String, JsonNode> schemas(List<ResourceType> types, String prefix) {
        Map<String, JsonNode> schemas = new TreeMap<>();
        List<String> wanted = new ArrayList<>();
        for (ResourceType type : types) {
            ObjectNode schema = type.schema().source().deepCopy();
            schema.putArray("x-kubernetes-group-version-kind")
                    .addObject()
                    .put("group", type.group())
                    .put("kind", type.kind())
                    .put("version", type.version());
            put(schemas, name(type), schema, prefix, wanted);
        }
        while (!wanted.isEmpty()) {
            String name = wanted.removeLast();
            if (!schemas.containsKey("io.k8s." + name)) {
                put(
                        schemas,
                        "io.k8s." + name,
                        registry.types().definitions().path(name).deepCopy(),
                        prefix,
                        wanted);
            }
        }
        return schemas;
    }

    private static void put(
            Map<String, JsonNode> schemas, String name, JsonNode schema, String prefix, List<String> wanted) {
        schemas.put(name, schema);
        rewrite(schema, prefix, wanted);
    }

    /** Points references at this document; a reference with anything beside it becomes an allOf, as OpenAPI 3 wants it. */
    private static void rewrite(JsonNode schema, String prefix, List<String> wanted) {
        for (JsonNode child : schema) {
            rewrite(child, prefix, wanted);
        }
        if (schema instanceof ObjectNode object && object.path("$ref").isTextual()) {
            String target = object.get("$ref").asText();
            wanted.add(target);
            String link = prefix + "io.k8s." + target;
            if (object.size() == 1 || prefix.equals(V2)) {
                object.put("$ref", link);
            } else {
                object.remove("$ref");
                object.putArray("allOf").addObject().put("$ref", link);
            }
        }
    }

    /** Name of a type's schema: Kubernetes' own for built-in kinds, the group backwards for custom ones. */
    private String name(ResourceType type) {
        if (!type.isCustom()) {
            return "io.k8s." + registry.types().nameOf(type.group(), type.version(), type.kind());
        }
        List<String> parts = List.of(type.group().split("\\.", -1)).reversed();
        return String.join(".", parts) + "." + type.version() + "." + type.kind();
    }

    private static String hash(ObjectNode document) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Json.bytes(document)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
