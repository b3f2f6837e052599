// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.schema.Schema;
import net.statemesh.kube.embedded.store.Change;
import net.statemesh.kube.embedded.store.ChangeListener;

/** Keeps the registry in step with the stored CustomResourceDefinitions: a definition is served before its write is answered. */
public final class CustomTypes implements ChangeListener {
    public static final String RESOURCE = "customresourcedefinitions.apiextensions.k8s.io";

    private final ResourceRegistry registry;

    public CustomTypes(ResourceRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void changed(Change change) {
        registry.setCustom(
                change.object().key().name(),
                change.removed() ? List.of() : of(change.object().tree()));
    }

    /** Serves a definition found at start. */
    public void present(ObjectNode definition) {
        registry.setCustom(Json.text(definition, "metadata", "name"), of(definition));
    }

    private List<ResourceType> of(ObjectNode definition) {
        List<ResourceType> types = new ArrayList<>();
        for (JsonNode version : definition.path("spec").path("versions")) {
            if (version.path("served").asBoolean(false)) {
                types.add(type(definition.path("spec"), version));
            }
        }
        return types;
    }

    private ResourceType type(JsonNode spec, JsonNode version) {
        JsonNode names = spec.path("names");
        Set<String> subresources = new HashSet<>();
        version.path("subresources").fieldNames().forEachRemaining(subresources::add);
        return new ResourceType(
                spec.path("group").asText(),
                version.path("name").asText(),
                names.path("plural").asText(),
                names.path("singular").asText(),
                names.path("kind").asText(),
                spec.path("scope").asText().equals("Namespaced"),
                texts(names.path("shortNames")),
                texts(names.path("categories")),
                Set.copyOf(subresources),
                true,
                schema(version.path("schema").path("openAPIV3Schema")),
                version);
    }

    /** The definition's schema with the metadata of every object put in. */
    private Schema schema(JsonNode source) {
        ObjectNode whole = source.deepCopy();
        ObjectNode properties = Json.child(whole, "properties");
        properties.set("apiVersion", Json.object().put("type", "string"));
        properties.set("kind", Json.object().put("type", "string"));
        properties.set("metadata", Json.object().put("$ref", "apimachinery.pkg.apis.meta.v1.ObjectMeta"));
        return Schema.parse(whole, registry.types()::schema);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return List.copyOf(texts);
    }
}
