// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the API said last about ConfigMaps and Secrets that pods of this node refer to, in memory only: with it containers restart while
 * the API is away. Bounded; what was used longest ago goes first.
 */
final class KnownReferences {
    private static final int MAX_OBJECTS = 512;

    private record Key(String kind, String namespace, String name) {}

    private final Map<Key, Optional<Map<String, byte[]>>> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Optional<Map<String, byte[]>>> eldest) {
            return size() > MAX_OBJECTS;
        }
    };

    synchronized void learn(String kind, String namespace, String name, Optional<Map<String, byte[]>> data) {
        last.put(new Key(kind, namespace, name), data);
    }

    /** The last answer, which may have been that there is no such object; empty when it was never asked. */
    synchronized Optional<Optional<Map<String, byte[]>>> recall(String kind, String namespace, String name) {
        return Optional.ofNullable(last.get(new Key(kind, namespace, name)));
    }
}
