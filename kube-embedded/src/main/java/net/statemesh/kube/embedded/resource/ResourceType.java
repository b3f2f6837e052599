// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import net.statemesh.kube.embedded.schema.Schema;
import net.statemesh.kube.embedded.store.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * One resource in one version.
 *
 * @param subresources names after the object's name, for example {@code status}
 * @param stored false for kinds that are only answered (reviews, bindings)
 * @param custom the version of a CustomResourceDefinition this comes from; null for built-in kinds
 */
public record ResourceType(
        String group,
        String version,
        String plural,
        String singular,
        String kind,
        boolean namespaced,
        List<String> shortNames,
        List<String> categories,
        Set<String> subresources,
        boolean stored,
        Schema schema,
        @Nullable JsonNode custom) {

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@code plural} or {@code plural.group}: the same for every version. */
    public String id() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    public ObjectKey key(String namespace, String name) {
        return new ObjectKey(id(), namespaced ? namespace : "", name);
    }

    public boolean isCustom() {
        return custom != null;
    }

    public boolean hasSubresource(String name) {
        return subresources.contains(name);
    }
}
