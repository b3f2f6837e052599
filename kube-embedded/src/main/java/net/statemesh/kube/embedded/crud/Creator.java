// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.crud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import net.statemesh.kube.embedded.apply.Ownership;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.request.ResourceCall;
import net.statemesh.kube.embedded.resource.ResourceType;
import net.statemesh.kube.embedded.status.ApiException;
import net.statemesh.kube.embedded.status.Cause;
import net.statemesh.kube.embedded.store.ObjectKey;

/** create. */
public final class Creator {
    /** As Kubernetes: letters that make no words. */
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX_LENGTH = 5;
    private static final int MAX_GENERATED_BASE = 58;
    /** Names tried for one generateName. */
    private static final int MAX_NAME_ATTEMPTS = 8;

    private final ObjectWriter writer;
    private final Validation validation;
    private final Admission admission;
    private final Guard guard;
    private final InstantSource clock;

    Creator(ObjectWriter writer, Validation validation, Admission admission, Guard guard, InstantSource clock) {
        this.writer = writer;
        this.validation = validation;
        this.admission = admission;
        this.guard = guard;
        this.clock = clock;
    }

    /** Stores a tree that {@link Intake} accepted and answers it as stored; with dryRun as it would have been. */
    ObjectNode create(ResourceCall call, ObjectNode tree) {
        return create(call, tree, true);
    }

    /** Stores a tree made by a server-side apply, with the managed fields it has. */
    ObjectNode createApplied(ResourceCall call, ObjectNode tree) {
        return create(call, tree, false);
    }

    private ObjectNode create(ResourceCall call, ObjectNode tree, boolean track) {
        boolean generated = Meta.name(tree).isEmpty() && Meta.of(tree).hasNonNull("generateName");
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(call, tree.deepCopy(), generated, track);
            } catch (ApiException e) {
                if (!generated || !e.reason().equals("AlreadyExists") || attempt == MAX_NAME_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private ObjectNode attempt(ResourceCall call, ObjectNode tree, boolean generated, boolean track) {
        ResourceType type = call.type();
        ObjectNode metadata = Meta.of(tree);
        place(call, metadata);
        if (generated) {
            metadata.put("name", generate(metadata.get("generateName").asText()));
        }
        metadata.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion"));
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", Meta.time(clock.instant()));
        if (counts(type)) {
            metadata.put("generation", 1);
        } else {
            metadata.remove("generation");
        }
        if (type.isCustom() && type.hasSubresource("status")) {
            tree.remove("status");
        }
        validation.prepareCreate(type, tree);
        ObjectKey key = type.key(Meta.namespace(tree), Meta.name(tree));
        guard.check(call, null, tree);
        return admission.admit(call, tree, () -> {
            validate(type, tree);
            if (track) {
                Ownership.update(null, tree, owner(call));
            }
            if (call.dryRun()) {
                if (writer.store().get(key) != null) {
                    throw ApiException.alreadyExists(type.group(), type.plural(), key.name());
                }
                return tree;
            }
            return writer.create(type, key, tree).tree();
        });
    }

    /** Kinds whose {@code generation} counts changes of the specification. */
    static boolean counts(ResourceType type) {
        return type.isCustom()
                || List.of("networkpolicies", "customresourcedefinitions", "pods")
                        .contains(type.plural());
    }

    private Ownership.Writer owner(ResourceCall call) {
        return new Ownership.Writer(
                call.fieldManager(), call.type(), call.path().subresource(), Meta.time(clock.instant()));
    }

    private void validate(ResourceType type, ObjectNode tree) {
        List<Cause> causes = new ArrayList<>();
        validation.validate(type, tree, causes);
        if (!causes.isEmpty()) {
            throw ApiException.invalid(type.group(), type.kind(), Meta.name(tree), causes);
        }
    }

    private static void place(ResourceCall call, ObjectNode metadata) {
        String sent = metadata.path("namespace").asText("");
        if (!call.type().namespaced()) {
            metadata.remove("namespace");
            return;
        }
        if (!sent.isEmpty() && !sent.equals(call.namespace())) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the" + " request");
        }
        metadata.put("namespace", call.namespace());
        JsonNode version = metadata.path("resourceVersion");
        if (!version.asText("").isEmpty() && !version.asText().equals("0")) {
            throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
        }
    }

    private static String generate(String base) {
        StringBuilder name = new StringBuilder(base.substring(0, Math.min(base.length(), MAX_GENERATED_BASE)));
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            name.append(SUFFIX_LETTERS.charAt(ThreadLocalRandom.current().nextInt(SUFFIX_LETTERS.length())));
        }
        return name.toString();
    }

    /** Whether anything but metadata and status differs. */
    static boolean specDiffers(ObjectNode next, ObjectNode before) {
        return !specOf(next).equals(specOf(before));
    }

    private static ObjectNode specOf(ObjectNode object) {
        ObjectNode rest = Json.object();
        rest.setAll(object);
        return rest.without(List.of("metadata", "status", "apiVersion", "kind"));
    }
}
