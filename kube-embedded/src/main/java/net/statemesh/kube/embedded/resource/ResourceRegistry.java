// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.kube.embedded.schema.BuiltinTypes;
import org.jspecify.annotations.Nullable;

/** Every resource the server answers for. Readers see one consistent state; custom resources come and go. */
public final class ResourceRegistry {
    private final BuiltinTypes types = BuiltinTypes.load();
    private final List<ResourceType> builtin = BuiltinResources.of(types);
    private final Map<String, List<ResourceType>> custom = new LinkedHashMap<>();
    private volatile Map<String, ResourceType> byPath = index();

    public BuiltinTypes types() {
        return types;
    }

    /** The resource at {@code /apis/GROUP/VERSION/PLURAL}; null when there is none. */
    public @Nullable ResourceType find(String group, String version, String plural) {
        return byPath.get(group + "/" + version + "/" + plural);
    }

    /** Any version of a resource. */
    public @Nullable ResourceType find(String group, String plural) {
        return byPath.values().stream()
                .filter(each -> each.group().equals(group) && each.plural().equals(plural))
                .findFirst()
                .orElse(null);
    }

    /** Any version of a resource by its id, {@code plural} or {@code plural.group}. */
    public @Nullable ResourceType byId(String id) {
        return byPath.values().stream()
                .filter(each -> each.stored() && each.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The resource of an {@code apiVersion} and {@code kind}, as ownerReferences name it. */
    public @Nullable ResourceType findKind(String apiVersion, String kind) {
        return byPath.values().stream()
                .filter(each ->
                        each.apiVersion().equals(apiVersion) && each.kind().equals(kind))
                .findFirst()
                .orElse(null);
    }

    /** A built-in resource that must exist. */
    public ResourceType builtin(String group, String plural) {
        ResourceType found = find(group, plural);
        if (found == null) {
            throw new IllegalStateException("no built-in resource " + plural + "." + group);
        }
        return found;
    }

    /** All resources, built-in ones first. */
    public List<ResourceType> all() {
        return List.copyOf(byPath.values());
    }

    /** Stored resources, one version of each. */
    public List<ResourceType> storedOnce() {
        Map<String, ResourceType> once = new LinkedHashMap<>();
        byPath.values().stream().filter(ResourceType::stored).forEach(each -> once.putIfAbsent(each.id(), each));
        return List.copyOf(once.values());
    }

    /** Serves the versions of one CustomResourceDefinition; an empty list takes it out of service. */
    public synchronized void setCustom(String definition, List<ResourceType> versions) {
        if (versions.isEmpty()) {
            custom.remove(definition);
        } else {
            custom.put(definition, List.copyOf(versions));
        }
        byPath = index();
    }

    private Map<String, ResourceType> index() {
        List<ResourceType> all = new ArrayList<>(builtin);
        custom.values().forEach(all::addAll);
        Map<String, ResourceType> index = new LinkedHashMap<>();
        all.forEach(each -> index.put(each.group() + "/" + each.version() + "/" + each.plural(), each));
        return index;
    }
}
