// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.StoredObject;

/** delete: at once, after finalizers, or after a kubelet's grace period. */
public final class Deleter {
    public static final String FOREGROUND = "foregroundDeletion";
    public static final String ORPHAN = "orphan";

    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    private final ObjectWriter writer;
    private final InstantSource clock;

    public Deleter(ObjectWriter writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * How a deletion went.
     *
     * @param gone true when the object is no longer there, false when it waits for finalizers or a kubelet
     */
    public record Outcome(ObjectNode object, boolean gone) {}

    /** Deletes, or marks for deletion, an object that the options mean. */
    public Outcome delete(ResourceType type, ObjectKey key, DeleteOptions options, boolean dryRun) {
        if (dryRun || options.dryRun()) {
            StoredObject seen = writer.store().get(key);
            if (seen == null) {
                throw ApiException.notFound(type.group(), type.plural(), key.name());
            }
            options.check(type, seen);
            return new Outcome(seen.tree(), true);
        }
        if (type.id().equals("namespaces") && IMMORTAL.contains(key.name())) {
            throw ApiException.forbidden("", "namespaces", key.name(), "this namespace may not be deleted");
        }
        for (int attempt = 0; attempt < ObjectWriter.MAX_ATTEMPTS; attempt++) {
            StoredObject seen = writer.store().get(key);
            if (seen == null) {
                throw ApiException.notFound(type.group(), type.plural(), key.name());
            }
            options.check(type, seen);
            ObjectNode marked = mark(type, seen, options);
            if (removable(marked)) {
                if (writer.remove(seen)) {
                    return new Outcome(seen.tree(), true);
                }
            } else {
                return new Outcome(
                        writer.update(type, key, now -> {
                                    options.check(type, now);
                                    return mark(type, now, options);
                                })
                                .tree(),
                        false);
            }
        }
        throw ApiException.modified(type.group(), type.plural(), key.name());
    }

    private ObjectNode mark(ResourceType type, StoredObject seen, DeleteOptions options) {
        ObjectNode next = seen.copy();
        long grace = grace(type, next, options);
        ObjectNode metadata = Meta.of(next);
        propagation(next, options);
        boolean again = Meta.deleting(next);
        JsonNode before = metadata.path("deletionGracePeriodSeconds");
        if (!again || grace < before.asLong(0)) {
            Instant base = again
                    ? Instant.parse(metadata.get("deletionTimestamp").asText()).minusSeconds(before.asLong(0))
                    : clock.instant();
            metadata.put("deletionTimestamp", Meta.time(base.plusSeconds(grace)));
            metadata.put("deletionGracePeriodSeconds", grace);
            if (!again && Creator.counts(type)) {
                metadata.put("generation", metadata.path("generation").asLong(0) + 1);
            }
        }
        if (type.id().equals("namespaces")) {
            Json.child(next, "status").put("phase", "Terminating");
        }
        return next;
    }

    /** Only pods that a kubelet runs have a grace period: it ends when the kubelet deletes them with 0 seconds. */
    private static long grace(ResourceType type, ObjectNode object, DeleteOptions options) {
        if (!type.id().equals("pods")) {
            return 0;
        }
        String phase = Json.text(object, "status", "phase");
        boolean running = !Json.text(object, "spec", "nodeName").isEmpty()
                && !phase.equals("Succeeded")
                && !phase.equals("Failed");
        if (!running) {
            return 0;
        }
        long own = object.at("/spec/terminationGracePeriodSeconds").asLong(30);
        return Math.max(0, options.gracePeriodSeconds(own));
    }

    private static void propagation(ObjectNode object, DeleteOptions options) {
        switch (options.propagation()) {
            case FOREGROUND -> {
                Meta.removeFinalizer(object, ORPHAN);
                Meta.addFinalizer(object, FOREGROUND);
            }
            case ORPHAN -> {
                Meta.removeFinalizer(object, FOREGROUND);
                Meta.addFinalizer(object, ORPHAN);
            }
            case BACKGROUND -> {
                Meta.removeFinalizer(object, FOREGROUND);
                Meta.removeFinalizer(object, ORPHAN);
            }
            case UNSET -> {}
        }
    }

    private static boolean removable(ObjectNode marked) {
        return Meta.finalizers(marked).isEmpty()
                && marked.at("/metadata/deletionGracePeriodSeconds").asLong(0) == 0
                && !(marked.path("kind").asText().equals("Namespace")
                        && !marked.at("/spec/finalizers").isEmpty());
    }

    static ApiException preconditionFailed(ResourceType type, StoredObject seen, String why) {
        return ApiException.conflict(type.group(), type.plural(), seen.key().name(), why);
    }
}
