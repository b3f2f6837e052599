// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The latest changes, so that a watch can start in the past, and who is told of new ones. Guarded by the store's lock. */
final class History {
    /** Changes remembered. */
    static final int MAX_CHANGES = 10_000;
    /** JSON held by remembered changes. */
    static final long MAX_BYTES = 16L << 20;

    private final Deque<Change> changes = new ArrayDeque<>();
    private final Set<ChangeListener> listeners = new LinkedHashSet<>();
    private long bytes;
    private long oldest;

    /** @param revision nothing before it is remembered */
    History(long revision) {
        this.oldest = revision;
    }

    void append(Change change) {
        changes.addLast(change);
        bytes += size(change);
        while (changes.size() > MAX_CHANGES || (bytes > MAX_BYTES && changes.size() > 1)) {
            Change gone = changes.removeFirst();
            bytes -= size(gone);
            oldest = gone.revision();
        }
        for (ChangeListener listener : listeners) {
            listener.changed(change);
        }
    }

    long oldest() {
        return oldest;
    }

    boolean replay(long since, Consumer<Change> each) {
        if (since < oldest) {
            return false;
        }
        for (Change change : changes) {
            if (change.revision() > since) {
                each.accept(change);
            }
        }
        return true;
    }

    boolean add(ChangeListener listener) {
        listeners.add(listener);
        return true;
    }

    void remove(ChangeListener listener) {
        listeners.remove(listener);
    }

    private static long size(Change change) {
        return change.object().json().length;
    }
}
