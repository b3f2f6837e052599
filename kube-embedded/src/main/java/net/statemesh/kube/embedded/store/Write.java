// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A write that holds only when the object is still at the expected revision.
 *
 * @param expectedRevision revision the writer saw, {@link #ABSENT} when it saw none
 * @param tree new state, handed over: the store sets its resourceVersion
 * @param remove true removes the object; {@code tree} is then its last state
 */
public record Write(ObjectKey key, long expectedRevision, ObjectNode tree, boolean remove) {
    public static final long ABSENT = 0;

    public static Write create(ObjectKey key, ObjectNode tree) {
        return new Write(key, ABSENT, tree, false);
    }

    public static Write update(StoredObject seen, ObjectNode tree) {
        return new Write(seen.key(), seen.revision(), tree, false);
    }

    public static Write remove(StoredObject seen) {
        return new Write(seen.key(), seen.revision(), seen.copy(), true);
    }
}
