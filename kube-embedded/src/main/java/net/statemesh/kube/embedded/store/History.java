// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest changes, so that a watch can start in the past, and who is told of new ones. Guarded by the store's lock. */
final class History {
    /** Changes remembered. */
    static final int MAX_CHANGES = 10_000;
    /** JSON held by remembered changes. */
    static final long MAX_BYTES = 16L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final Deque<Change> changes = new ArrayDeque<>();
    private final Map<Scope, Set<ChangeListener>> listeners = new HashMap<>();
    private long bytes;
    private long oldest;

    /**
     * Whose changes a listener is told of.
     *
     * @param resource empty for every resource
     * @param namespace empty for every namespace
     */
    record Scope(String resource, String namespace) {
        static final Scope EVERYTHING = new Scope("", "");

        boolean contains(ObjectKey key) {
            return (resource.isEmpty() || resource.equals(key.resource()))
                    && (namespace.isEmpty() || namespace.equals(key.namespace()));
        }
    }

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
        ObjectKey key = change.object().key();
        tell(Scope.EVERYTHING, change);
        tell(new Scope(key.resource(), ""), change);
        if (!key.namespace().isEmpty()) {
            tell(new Scope(key.resource(), key.namespace()), change);
        }
        change.forgetFrames();
    }

    long oldest() {
        return oldest;
    }

    boolean replay(long since, Scope scope, Consumer<Change> each) {
        if (since < oldest) {
            return false;
        }
        for (Change change : changes) {
            if (change.revision() > since && scope.contains(change.object().key())) {
                each.accept(change);
                change.forgetFrames();
            }
        }
        return true;
    }

    boolean add(Scope scope, ChangeListener listener) {
        listeners.computeIfAbsent(scope, s -> new LinkedHashSet<>()).add(listener);
        return true;
    }

    void remove(Scope scope, ChangeListener listener) {
        listeners.computeIfPresent(scope, (s, set) -> {
            set.remove(listener);
            return set.isEmpty() ? null : set;
        });
    }

    private void tell(Scope scope, Change change) {
        for (ChangeListener listener : listeners.getOrDefault(scope, Set.of())) {
            try {
                listener.changed(change);
            } catch (RuntimeException | StackOverflowError e) {
                // the write is durable: neither it nor those who follow it suffer from one listener
                LOG.error(
                        "a listener failed at revision {} of {}",
                        change.revision(),
                        change.object().key(),
                        e);
            }
        }
    }

    private static long size(Change change) {
        return change.object().json().length;
    }
}
