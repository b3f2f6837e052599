// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ApplicationStatus;
import org.jspecify.annotations.Nullable;

/**
 * What an informer keeps of each object: only the parts that routes are made of, so that tens of thousands fit a small heap. Whoever
 * reads more of an application or a pod in this package adds it here.
 */
final class RoutedParts<T extends HasMetadata> implements ItemStore<T> {
    private final Map<String, T> items = new ConcurrentHashMap<>();
    private final UnaryOperator<T> reduce;

    private RoutedParts(UnaryOperator<T> reduce) {
        this.reduce = reduce;
    }

    static RoutedParts<Application> ofApplications() {
        return new RoutedParts<>(RoutedParts::reduced);
    }

    static RoutedParts<Pod> ofPods() {
        return new RoutedParts<>(RoutedParts::reduced);
    }

    /** Metadata, entrypoints, id and hosts. */
    static Application reduced(Application whole) {
        Application parts = new Application();
        parts.setMetadata(reduced(whole.getMetadata()));
        if (whole.getSpec() != null) {
            parts.setSpec(ApplicationSpec.of()
                    .entrypoints(whole.getSpec().entrypoints())
                    .build());
        }
        ApplicationStatus status = whole.getStatus();
        if (status != null) {
            ApplicationStatus none = ApplicationStatus.NONE;
            parts.setStatus(new ApplicationStatus(
                    none.phase(),
                    status.id(),
                    none.observedGeneration(),
                    none.revision(),
                    none.release(),
                    none.replicas(),
                    none.readyReplicas(),
                    none.updatedReplicas(),
                    none.selector(),
                    status.hosts(),
                    none.urls(),
                    none.replicaStatuses(),
                    none.conditions()));
        }
        return parts;
    }

    /** Metadata, node, phase, address and conditions. */
    static Pod reduced(Pod whole) {
        Pod parts = new Pod();
        parts.setMetadata(reduced(whole.getMetadata()));
        PodSpec spec = new PodSpec();
        spec.setNodeName(whole.getSpec() == null ? null : whole.getSpec().getNodeName());
        parts.setSpec(spec);
        if (whole.getStatus() != null) {
            PodStatus status = new PodStatus();
            status.setPhase(whole.getStatus().getPhase());
            status.setPodIP(whole.getStatus().getPodIP());
            status.setConditions(whole.getStatus().getConditions());
            parts.setStatus(status);
        }
        return parts;
    }

    /** Who owns and who wrote it says nothing about routes, and is half of what an object weighs. */
    private static ObjectMeta reduced(ObjectMeta metadata) {
        metadata.setManagedFields(List.of());
        metadata.setOwnerReferences(List.of());
        return metadata;
    }

    @Override
    public String getKey(T item) {
        return Cache.metaNamespaceKeyFunc(item);
    }

    @Override
    public @Nullable T put(String key, T item) {
        return items.put(key, reduce.apply(item));
    }

    @Override
    public @Nullable T remove(String key) {
        return items.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return items.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return items.values().stream();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public @Nullable T get(String key) {
        return items.get(key);
    }
}
