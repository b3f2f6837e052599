// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.install;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds objects of every kind that the server offers, also of kinds that this version of StateMesh has never heard of. */
final class NamedObjects {
    private record Kind(String apiVersion, String name) {}

    private final KubernetesClient client;
    private final Map<Kind, ResourceDefinitionContext> offered = new HashMap<>();

    NamedObjects(KubernetesClient client) {
        this.client = client;
    }

    /** Null when there is none, or no such kind. */
    @Nullable
    GenericKubernetesResource find(ObjectName name) {
        return resource(name).map(Resource::get).orElse(null);
    }

    /** Empty when the server offers no such kind. */
    Optional<Resource<GenericKubernetesResource>> resource(ObjectName name) {
        return definition(new Kind(name.apiVersion(), name.kind()))
                .map(client::genericKubernetesResources)
                .map(all -> name.namespace().isEmpty()
                        ? all.withName(name.name())
                        : all.inNamespace(name.namespace()).withName(name.name()));
    }

    /** Only what is offered is remembered: what is not may be by the next time. */
    private Optional<ResourceDefinitionContext> definition(Kind kind) {
        ResourceDefinitionContext known = offered.get(kind);
        if (known == null) {
            APIResourceList resources = client.getApiResources(kind.apiVersion());
            known = resources == null
                    ? null
                    : resources.getResources().stream()
                            .filter(each -> each.getKind().equals(kind.name())
                                    && !each.getName().contains("/"))
                            .map(each -> context(kind, each))
                            .findFirst()
                            .orElse(null);
        }
        if (known != null) {
            offered.put(kind, known);
        }
        return Optional.ofNullable(known);
    }

    private static ResourceDefinitionContext context(Kind kind, APIResource resource) {
        int slash = kind.apiVersion().indexOf('/');
        return new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : kind.apiVersion().substring(0, slash))
                .withVersion(kind.apiVersion().substring(slash + 1))
                .withKind(kind.name())
                .withPlural(resource.getName())
                .withNamespaced(resource.getNamespaced())
                .build();
    }
}
