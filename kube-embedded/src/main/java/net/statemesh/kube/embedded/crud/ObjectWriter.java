// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.ObjectStore;
import net.statemesh.kube.embedded.store.StoredObject;
import net.statemesh.kube.embedded.store.Write;
import net.statemesh.kube.embedded.store.WriteResult;

/** Puts trees into the store and waits until they are durable. */
public final class ObjectWriter {
    /** Attempts of a write without a resourceVersion while others write the same object. */
    static final int MAX_ATTEMPTS = 100;

    private final ObjectStore store;

    public ObjectWriter(ObjectStore store) {
        this.store = store;
    }

    public ObjectStore store() {
        return store;
    }

    public StoredObject create(ResourceType type, ObjectKey key, ObjectNode tree) {
        return switch (submit(Write.create(key, tree))) {
            case WriteResult.Done done -> done.object();
            case WriteResult.Stale stale -> throw ApiException.alreadyExists(type.group(), type.plural(), key.name());
            case WriteResult.Full full -> throw full(full);
            case WriteResult.Refused refused -> throw refused(refused);
        };
    }

    /**
     * Replaces an object by what {@code change} makes of it. When the object changed meanwhile, {@code change} is asked again; it
     * refuses by throwing (for example because the caller named a resourceVersion) and answers the same tree to write nothing.
     */
    public StoredObject update(ResourceType type, ObjectKey key, Function<StoredObject, ObjectNode> change) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            StoredObject seen = store.get(key);
            if (seen == null) {
                throw ApiException.notFound(type.group(), type.plural(), key.name());
            }
            ObjectNode next = change.apply(seen);
            if (next.equals(seen.tree())) {
                return seen;
            }
            WriteResult result = submit(new Write(key, seen.revision(), next, done(next)));
            switch (result) {
                case WriteResult.Done done -> {
                    return done.object();
                }
                case WriteResult.Stale stale -> {}
                case WriteResult.Full full -> throw full(full);
                case WriteResult.Refused refused -> throw refused(refused);
            }
        }
        throw ApiException.modified(type.group(), type.plural(), key.name());
    }

    /** Removes an object that is still as it was seen. */
    public boolean remove(StoredObject seen) {
        return switch (submit(Write.remove(seen))) {
            case WriteResult.Done done -> true;
            case WriteResult.Stale stale -> false;
            case WriteResult.Full full -> throw full(full);
            case WriteResult.Refused refused -> throw refused(refused);
        };
    }

    /** An object being deleted leaves with its last finalizer, unless a kubelet still has its grace period to run. */
    private static boolean done(ObjectNode next) {
        return Meta.deleting(next)
                && Meta.finalizers(next).isEmpty()
                && next.at("/metadata/deletionGracePeriodSeconds").asLong(0) == 0
                && !(next.path("kind").asText().equals("Namespace")
                        && !next.at("/spec/finalizers").isEmpty());
    }

    private WriteResult submit(Write write) {
        try {
            return store.submit(write).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.of(503, "ServiceUnavailable", "the server is shutting down");
        } catch (ExecutionException e) {
            throw ApiException.internal("write failed: " + e.getCause());
        }
    }

    private static ApiException full(WriteResult.Full full) {
        return ApiException.of(507, "InsufficientStorage", "the write was not stored: " + full.why());
    }

    private static ApiException refused(WriteResult.Refused refused) {
        return ApiException.of(
                507,
                "InsufficientStorage",
                "the write was not stored: " + refused.why()
                        + "; nothing was changed, reads go on; free disk space and try again");
    }
}
