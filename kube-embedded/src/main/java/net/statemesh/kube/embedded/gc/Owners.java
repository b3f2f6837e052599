// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.gc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.statemesh.kube.embedded.store.ObjectKey;
import net.statemesh.kube.embedded.store.StoredObject;
import org.jspecify.annotations.Nullable;

/** Which objects name which uid as their owner. */
final class Owners {
    private final Map<String, Set<ObjectKey>> dependents = new ConcurrentHashMap<>();

    static JsonNode references(JsonNode object) {
        return object.path("metadata").path("ownerReferences");
    }

    /** Takes note of a change of one object; either side may be absent. */
    void changed(@Nullable StoredObject before, @Nullable StoredObject after) {
        if (before != null) {
            for (JsonNode owner : references(before.tree())) {
                dependents.computeIfPresent(owner.path("uid").asText(), (uid, set) -> {
                    set.remove(before.key());
                    return set.isEmpty() ? null : set;
                });
            }
        }
        if (after != null) {
            for (JsonNode owner : references(after.tree())) {
                dependents
                        .computeIfAbsent(owner.path("uid").asText(), uid -> ConcurrentHashMap.newKeySet())
                        .add(after.key());
            }
        }
    }

    Set<ObjectKey> of(String uid) {
        return Set.copyOf(dependents.getOrDefault(uid, Set.of()));
    }
}
