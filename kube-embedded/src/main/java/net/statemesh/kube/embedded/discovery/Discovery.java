// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;

/** {@code /api} and {@code /apis}: one document per group version, or all in one (aggregated discovery). */
public final class Discovery {
    private static final List<String> OBJECT_VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    private final ResourceRegistry registry;

    public Discovery(ResourceRegistry registry) {
        this.registry = registry;
    }

    /** {@code /api}. */
    public ObjectNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        versions.putArray("serverAddressByClientCIDRs");
        return versions;
    }

    /** {@code /apis}. */
    public ObjectNode groups() {
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = list.putArray("groups");
        groupNames().stream().filter(each -> !each.isEmpty()).forEach(each -> groups.add(groupBody(each)));
        return list;
    }

    /** {@code /apis/GROUP}. */
    public ObjectNode group(String group) {
        if (group.isEmpty() || !groupNames().contains(group)) {
            throw ApiException.noSuchPath();
        }
        ObjectNode body = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
        return body.setAll(groupBody(group));
    }

    /** {@code /api/v1} and {@code /apis/GROUP/VERSION}. */
    public ObjectNode resources(String group, String version) {
        ObjectNode list = Json.object()
                .put("kind", "APIResourceList")
                .put("apiVersion", "v1")
                .put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        for (ResourceType type : registry.all()) {
            if (type.group().equals(group) && type.version().equals(version)) {
                resources.add(resource(type));
                type.subresources().stream().sorted().forEach(sub -> resources.add(subresource(type, sub)));
            }
        }
        if (resources.isEmpty()) {
            throw ApiException.noSuchPath();
        }
        return list;
    }

    /** All groups of {@code /api} (core) or {@code /apis} (the others) in one document. */
    public ObjectNode aggregated(boolean core, String version) {
        ObjectNode list =
                Json.object().put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/" + version);
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        for (String group : groupNames()) {
            if (group.isEmpty() == core) {
                ObjectNode item = items.addObject();
                ObjectNode metadata = item.putObject("metadata");
                if (!core) {
                    metadata.put("name", group);
                }
                metadata.putNull("creationTimestamp");
                ArrayNode versions = item.putArray("versions");
                versions(group).forEach(each -> aggregatedVersion(group, each, versions.addObject()));
            }
        }
        return list;
    }

    private void aggregatedVersion(String group, String version, ObjectNode out) {
        out.put("version", version);
        ArrayNode resources = out.putArray("resources");
        for (ResourceType type : registry.all()) {
            if (!type.group().equals(group) || !type.version().equals(version)) {
                continue;
            }
            ObjectNode one = resources.addObject().put("resource", type.plural());
            kind(one.putObject("responseKind"), type.group(), type.version(), type.kind());
            one.put("scope", type.namespaced() ? "Namespaced" : "Cluster").put("singularResource", type.singular());
            addAll(one.putArray("verbs"), verbs(type));
            addUnlessEmpty(one, "shortNames", type.shortNames());
            addUnlessEmpty(one, "categories", type.categories());
            if (!type.subresources().isEmpty()) {
                ArrayNode subresources = one.putArray("subresources");
                type.subresources().stream().sorted().forEach(name -> {
                    SubresourceFacts facts = SubresourceFacts.of(type, name);
                    ObjectNode sub = subresources.addObject().put("subresource", name);
                    kind(sub.putObject("responseKind"), facts.group(), facts.version(), facts.kind());
                    addAll(sub.putArray("verbs"), facts.verbs());
                });
            }
        }
        out.put("freshness", "Current");
    }

    private ObjectNode resource(ResourceType type) {
        ObjectNode body = Json.object()
                .put("name", type.plural())
                .put("singularName", type.singular())
                .put("namespaced", type.namespaced())
                .put("kind", type.kind());
        addAll(body.putArray("verbs"), verbs(type));
        addUnlessEmpty(body, "shortNames", type.shortNames());
        addUnlessEmpty(body, "categories", type.categories());
        return body;
    }

    private static ObjectNode subresource(ResourceType type, String name) {
        SubresourceFacts facts = SubresourceFacts.of(type, name);
        ObjectNode body = Json.object()
                .put("name", type.plural() + "/" + name)
                .put("singularName", "")
                .put("namespaced", type.namespaced())
                .put("kind", facts.kind());
        if (!facts.group().equals(type.group()) || !facts.version().equals(type.version())) {
            body.put("group", facts.group()).put("version", facts.version());
        }
        addAll(body.putArray("verbs"), facts.verbs());
        return body;
    }

    private static List<String> verbs(ResourceType type) {
        return type.stored() ? OBJECT_VERBS : List.of("create");
    }

    private ObjectNode groupBody(String group) {
        ObjectNode body = Json.object().put("name", group);
        ArrayNode versions = body.putArray("versions");
        for (String version : versions(group)) {
            versions.addObject().put("groupVersion", group + "/" + version).put("version", version);
        }
        body.set("preferredVersion", versions.get(0).deepCopy());
        return body;
    }

    private Set<String> groupNames() {
        Set<String> names = new LinkedHashSet<>();
        registry.all().forEach(each -> names.add(each.group()));
        return names;
    }

    private List<String> versions(String group) {
        Map<String, Boolean> versions = new LinkedHashMap<>();
        registry.all().stream()
                .filter(each -> each.group().equals(group))
                .forEach(each -> versions.put(each.version(), true));
        return versions.keySet().stream().sorted(new VersionOrder()).toList();
    }

    private static void kind(ObjectNode out, String group, String version, String kind) {
        out.put("group", group).put("version", version).put("kind", kind);
    }

    private static void addUnlessEmpty(ObjectNode body, String field, List<String> values) {
        if (!values.isEmpty()) {
            addAll(body.putArray(field), values);
        }
    }

    private static void addAll(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    /** True when the client asks for aggregated discovery in a version this server speaks; the version, or empty. */
    public static String aggregatedVersion(String accept) {
        for (String range : accept.split(",", -1)) {
            String wanted = range.strip().toLowerCase(Locale.ROOT);
            if (wanted.contains("as=apigroupdiscoverylist") && wanted.contains("g=apidiscovery.k8s.io")) {
                return wanted.contains("v=v2beta1") ? "v2beta1" : "v2";
            }
        }
        return "";
    }
}
