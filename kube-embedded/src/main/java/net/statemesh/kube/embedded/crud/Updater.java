// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.statemesh.kube.embedded.apply.Ownership;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.request.Verb;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.status.Cause;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.StoredObject;
import org.jspecify.annotations.Nullable;

/** update and patch, of the object itself and of its status. */
public final class Updater {
    private final ObjectWriter writer;
    private final Validation validation;
    private final Guard guard;
    private final InstantSource clock;

    Updater(ObjectWriter writer, Validation validation, Guard guard, InstantSource clock) {
        this.writer = writer;
        this.validation = validation;
        this.guard = guard;
        this.clock = clock;
    }

    /** Who owns the fields that a call writes. */
    Ownership.Writer owner(ResourceCall call) {
        return new Ownership.Writer(
                call.fieldManager(), call.type(), call.path().subresource(), Meta.time(clock.instant()));
    }

    /**
     * Replaces an object by what {@code change} makes of a copy of it. The result's resourceVersion, when there is one, must be the
     * object's.
     */
    ObjectNode update(ResourceCall call, UnaryOperator<ObjectNode> change) {
        return update(call, change, true);
    }

    /** The same for a change that is a server-side apply and has settled the managed fields. */
    ObjectNode updateApplied(ResourceCall call, UnaryOperator<ObjectNode> change) {
        return update(call, change, false);
    }

    private ObjectNode update(ResourceCall call, UnaryOperator<ObjectNode> change, boolean track) {
        ObjectKey key = call.key();
        if (call.dryRun()) {
            StoredObject seen = writer.store().get(key);
            if (seen == null) {
                throw call.notFound(key.name());
            }
            return next(call, seen, change, track);
        }
        return writer.update(call.type(), key, seen -> next(call, seen, change, track))
                .tree();
    }

    private ObjectNode next(ResourceCall call, StoredObject seen, UnaryOperator<ObjectNode> change, boolean track) {
        ResourceType type = call.type();
        ObjectNode before = seen.tree();
        ObjectNode next = change.apply(seen.copy());
        ObjectNode metadata = Meta.of(next);
        String version = metadata.path("resourceVersion").asText("");
        if (!version.isEmpty() && !version.equals("0") && !version.equals(Long.toString(seen.revision()))) {
            throw call.modified(seen.key().name());
        }
        String uid = metadata.path("uid").asText("");
        if (!uid.isEmpty() && !uid.equals(Meta.uid(before)) && call.verb() == Verb.PATCH) {
            throw ApiException.invalid(
                    type.group(),
                    type.kind(),
                    seen.key().name(),
                    List.of(Cause.invalidText("metadata.uid", uid, "field is immutable")));
        }
        if (!uid.isEmpty() && !uid.equals(Meta.uid(before))) {
            throw ApiException.conflict(
                    type.group(),
                    type.plural(),
                    seen.key().name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Meta.uid(before));
        }
        keepIdentity(metadata, before.path("metadata"));
        boolean status = call.path().subresource().equals("status");
        keepOtherHalf(type, next, before, status);
        validation.prepareUpdate(type, next, before);
        generation(type, next, before);
        guard.check(call, before, next);
        List<Cause> causes = new ArrayList<>();
        validation.validate(type, next, causes);
        validation.validateUpdate(type, next, before, causes);
        if (!causes.isEmpty()) {
            throw ApiException.invalid(type.group(), type.kind(), seen.key().name(), causes);
        }
        if (track) {
            track(call, next, before);
        }
        return next;
    }

    /** An update that changes nothing but its own traces is no update. */
    private void track(ResourceCall call, ObjectNode next, ObjectNode before) {
        JsonNode owned = before.path("metadata").get("managedFields");
        JsonNode sent = next.path("metadata").get("managedFields");
        if (sent == null && owned != null) {
            Meta.of(next).set("managedFields", owned);
        }
        if (!next.equals(before)) {
            setOrRemove(Meta.of(next), "managedFields", sent);
            Ownership.update(before, next, owner(call));
        }
    }

    /** What a client may leave out and may not change. */
    private static void keepIdentity(ObjectNode metadata, JsonNode before) {
        for (String field : List.of(
                "resourceVersion",
                "uid",
                "creationTimestamp",
                "generation",
                "deletionTimestamp",
                "deletionGracePeriodSeconds")) {
            JsonNode value = before.get(field);
            if (value == null) {
                metadata.remove(field);
            } else {
                metadata.set(field, value);
            }
        }
        for (String field : List.of("name", "namespace", "generateName")) {
            JsonNode value = before.get(field);
            if (value != null && !metadata.hasNonNull(field)) {
                metadata.set(field, value);
            }
        }
    }

    /** The status subresource changes the status alone, the object itself everything else. */
    private static void keepOtherHalf(ResourceType type, ObjectNode next, ObjectNode before, boolean status) {
        if (!type.hasSubresource("status")) {
            return;
        }
        if (!status) {
            setOrRemove(next, "status", before.get("status"));
            return;
        }
        List<String> fields = new ArrayList<>();
        next.fieldNames().forEachRemaining(fields::add);
        before.fieldNames().forEachRemaining(fields::add);
        for (String field : fields) {
            if (!field.equals("status") && !field.equals("metadata")) {
                setOrRemove(next, field, before.get(field));
            }
        }
        JsonNode managed = next.path("metadata").get("managedFields");
        if (type.isCustom()) {
            ObjectNode metadata = (ObjectNode) before.path("metadata").deepCopy();
            setOrRemove(metadata, "managedFields", managed);
            next.set("metadata", metadata);
        } else {
            setOrRemove(
                    Meta.of(next), "deletionTimestamp", before.path("metadata").get("deletionTimestamp"));
        }
    }

    private static void generation(ResourceType type, ObjectNode next, ObjectNode before) {
        if (Creator.counts(type) && Creator.specDiffers(next, before)) {
            Meta.of(next).put("generation", before.at("/metadata/generation").asLong(0) + 1);
        }
    }

    private static void setOrRemove(ObjectNode object, String field, @Nullable JsonNode value) {
        if (value == null) {
            object.remove(field);
        } else {
            object.set(field, value);
        }
    }
}
