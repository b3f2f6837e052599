// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.gc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.kube.embedded.crd.CustomTypes;
import net.statemesh.kube.embedded.crd.DefinitionRules;
import net.statemesh.kube.embedded.crud.DeleteOptions;
import net.statemesh.kube.embedded.crud.Deleter;
import net.statemesh.kube.embedded.crud.ObjectWriter;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.StoredObject;

/** Empties what is being deleted: a namespace of its objects, a definition of the objects it defines. */
final class Contents {
    private static final String NAMESPACES = "namespaces";

    private final ResourceRegistry registry;
    private final ObjectWriter writer;
    private final Deleter deleter;
    private final InstantSource clock;

    Contents(ResourceRegistry registry, ObjectWriter writer, Deleter deleter, InstantSource clock) {
        this.registry = registry;
        this.writer = writer;
        this.deleter = deleter;
        this.clock = clock;
    }

    void empty(StoredObject container) {
        if (container.key().resource().equals(NAMESPACES)) {
            namespace(container);
        } else if (container.key().resource().equals(CustomTypes.RESOURCE)) {
            definition(container);
        }
    }

    /** A container that is being deleted may be empty now. */
    void afterRemovalIn(ObjectKey removed) {
        if (!removed.namespace().isEmpty()) {
            StoredObject namespace = writer.store().get(new ObjectKey(NAMESPACES, "", removed.namespace()));
            if (namespace != null && Meta.deleting(namespace.tree())) {
                namespace(namespace);
            }
        }
        StoredObject definition = writer.store().get(new ObjectKey(CustomTypes.RESOURCE, "", removed.resource()));
        if (definition != null && Meta.deleting(definition.tree())) {
            definition(definition);
        }
    }

    private void namespace(StoredObject namespace) {
        String name = namespace.key().name();
        boolean left = false;
        List<StoredObject> remaining = new ArrayList<>();
        for (ResourceType type : registry.storedOnce()) {
            if (type.namespaced() && delete(type, name)) {
                left = true;
                remaining.addAll(writer.store().list(type.id(), name).objects());
            }
        }
        if (left) {
            writer.update(registry.builtin("", NAMESPACES), namespace.key(), seen -> {
                ObjectNode next = seen.copy();
                NamespaceConditions.write(next, remaining, clock.instant());
                return next;
            });
        } else if (!namespace.tree().path("spec").path("finalizers").isEmpty()) {
            writer.update(registry.builtin("", NAMESPACES), namespace.key(), seen -> {
                ObjectNode next = seen.copy();
                Json.child(next, "spec").remove("finalizers");
                return next;
            });
        }
    }

    private void definition(StoredObject definition) {
        if (!Meta.hasFinalizer(definition.tree(), DefinitionRules.CLEANUP)) {
            return;
        }
        ResourceType type = registry.byId(definition.key().name());
        if (type != null && delete(type, "")) {
            return;
        }
        writer.update(registry.builtin("apiextensions.k8s.io", "customresourcedefinitions"), definition.key(), seen -> {
            ObjectNode next = seen.copy();
            Meta.removeFinalizer(next, DefinitionRules.CLEANUP);
            return next;
        });
    }

    /** Deletes all objects of a type; true when some are left, waiting for finalizers or kubelets. */
    private boolean delete(ResourceType type, String namespace) {
        List<StoredObject> objects = writer.store().list(type.id(), namespace).objects();
        for (StoredObject each : objects) {
            if (!Meta.deleting(each.tree())) {
                deleteOne(type, each);
            }
        }
        return !objects.isEmpty()
                && !writer.store().list(type.id(), namespace).objects().isEmpty();
    }

    private void deleteOne(ResourceType type, StoredObject object) {
        try {
            deleter.delete(type, object.key(), DeleteOptions.ofSystem(Meta.uid(object.tree()), false), false);
        } catch (ApiException e) {
            if (e.code() != 404 && e.code() != 409) {
                throw e;
            }
        }
    }
}
