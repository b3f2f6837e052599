// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.expiry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.kube.embedded.store.ObjectKey;

/** When each Event was written last, the oldest first. Not safe for use by several threads. */
final class EventAges {
    /** As kube-apiserver's {@code --event-ttl}. */
    static final Duration KEPT = Duration.ofHours(1);
    /** Events of one namespace: whoever writes more pushes out its own oldest, and nobody else's. */
    static final int MAX_PER_NAMESPACE = 4000;

    private final Map<String, Map<ObjectKey, Instant>> namespaces = new HashMap<>();

    /** An Event that is new or was changed. */
    void written(ObjectKey key, Instant at) {
        Map<ObjectKey, Instant> oldestFirst =
                namespaces.computeIfAbsent(key.namespace(), namespace -> new LinkedHashMap<>());
        oldestFirst.remove(key);
        oldestFirst.put(key, at);
    }

    void removed(ObjectKey key) {
        Map<ObjectKey, Instant> oldestFirst = namespaces.get(key.namespace());
        if (oldestFirst != null) {
            oldestFirst.remove(key);
            if (oldestFirst.isEmpty()) {
                namespaces.remove(key.namespace());
            }
        }
    }

    /** Whether this namespace has more than it may. */
    boolean isCrowded(String namespace) {
        return namespaces.getOrDefault(namespace, Map.of()).size() > MAX_PER_NAMESPACE;
    }

    /** What has had its time, and what is too much. They stay here until they are {@link #removed}. */
    List<ObjectKey> due(Instant now) {
        List<ObjectKey> due = new ArrayList<>();
        for (Map<ObjectKey, Instant> oldestFirst : namespaces.values()) {
            int tooMany = oldestFirst.size() - MAX_PER_NAMESPACE;
            Iterator<Map.Entry<ObjectKey, Instant>> oldest =
                    oldestFirst.entrySet().iterator();
            for (int i = 0; oldest.hasNext(); i++) {
                Map.Entry<ObjectKey, Instant> event = oldest.next();
                if (i >= tooMany && event.getValue().plus(KEPT).isAfter(now)) {
                    break;
                }
                due.add(event.getKey());
            }
        }
        return due;
    }
}
