// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;

/** What must hold around an object for it to be created: a living namespace, room in its quotas. */
public final class Admission {
    private final ObjectStore store;
    private final List<Step> steps;

    /** One named check; may complete the tree. It runs the rest of the creation itself, so that it can hold a lock over it. */
    @FunctionalInterface
    public interface Step {
        ObjectNode admit(ResourceCall call, ObjectNode tree, Supplier<ObjectNode> rest);
    }

    public Admission(ObjectStore store, List<Step> steps) {
        this.store = store;
        this.steps = List.copyOf(steps);
    }

    ObjectNode admit(ResourceCall call, ObjectNode tree, Supplier<ObjectNode> create) {
        namespaceLives(call, tree);
        return run(0, call, tree, create);
    }

    private ObjectNode run(int step, ResourceCall call, ObjectNode tree, Supplier<ObjectNode> create) {
        return step == steps.size()
                ? create.get()
                : steps.get(step).admit(call, tree, () -> run(step + 1, call, tree, create));
    }

    private void namespaceLives(ResourceCall call, ObjectNode tree) {
        if (!call.type().namespaced()) {
            return;
        }
        String name = Meta.namespace(tree);
        StoredObject namespace = store.get(new ObjectKey("namespaces", "", name));
        if (namespace == null) {
            throw ApiException.notFound("", "namespaces", name);
        }
        if (Meta.deleting(namespace.tree())) {
            ApiException refusal = ApiException.forbidden(
                    call.type().group(),
                    call.type().plural(),
                    Meta.name(tree),
                    "unable to create new content in namespace " + name + " because it is being terminated");
            refusal.details()
                    .putArray("causes")
                    .addObject()
                    .put("reason", "NamespaceTerminating")
                    .put("message", "namespace " + name + " is being terminated")
                    .put("field", "metadata.namespace");
            throw refusal;
        }
    }
}
