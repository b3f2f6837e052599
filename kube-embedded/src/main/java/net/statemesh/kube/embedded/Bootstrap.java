// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import net.statemesh.kube.embedded.crud.ObjectWriter;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.store.ObjectKey;

/** Objects that every Kubernetes has from its first start. */
final class Bootstrap {
    private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final ResourceRegistry registry;
    private final ObjectWriter writer;
    private final InstantSource clock;

    Bootstrap(ResourceRegistry registry, ObjectWriter writer, InstantSource clock) {
        this.registry = registry;
        this.writer = writer;
        this.clock = clock;
    }

    void run() {
        NAMESPACES.forEach(this::namespace);
    }

    private void namespace(String name) {
        ObjectNode object = Json.object();
        Meta.of(object).putObject("labels").put("kubernetes.io/metadata.name", name);
        object.putObject("spec").putArray("finalizers").add("kubernetes");
        object.putObject("status").put("phase", "Active");
        createUnlessThere(registry.builtin("", "namespaces"), "", name, object);
    }

    private void createUnlessThere(ResourceType type, String namespace, String name, ObjectNode object) {
        ObjectKey key = type.key(namespace, name);
        if (writer.store().get(key) != null) {
            return;
        }
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        ObjectNode metadata = Meta.of(object);
        metadata.put("name", name)
                .put("uid", UUID.randomUUID().toString())
                .put("creationTimestamp", Meta.time(clock.instant()));
        if (type.namespaced()) {
            metadata.put("namespace", namespace);
        }
        writer.create(type, key, object);
    }
}
