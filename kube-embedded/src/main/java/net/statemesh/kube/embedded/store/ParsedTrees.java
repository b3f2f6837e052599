// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import java.util.ArrayDeque;
import java.util.Deque;

/** Bounds the memory of parsed objects: those used lately keep their tree, the others are parsed again when they are asked for. */
final class ParsedTrees {
    /** JSON of objects that keep their tree; a tree takes about ten times as much memory. */
    static final long MAX_JSON_BYTES = 4L << 20;

    private final long maxJsonBytes;
    private final Deque<StoredObject> kept = new ArrayDeque<>();
    private long jsonBytes;

    ParsedTrees() {
        this(MAX_JSON_BYTES);
    }

    ParsedTrees(long maxJsonBytes) {
        this.maxJsonBytes = maxJsonBytes;
    }

    /** Takes note of an object that has just got its tree; others lose theirs, first those not used since they were looked at last. */
    synchronized void keep(StoredObject parsed) {
        kept.addLast(parsed);
        jsonBytes += parsed.json().length;
        while (jsonBytes > maxJsonBytes && kept.size() > 1) {
            StoredObject oldest = kept.removeFirst();
            if (oldest.wasUsed()) {
                kept.addLast(oldest);
            } else {
                oldest.forgetTree();
                jsonBytes -= oldest.json().length;
            }
        }
    }
}
