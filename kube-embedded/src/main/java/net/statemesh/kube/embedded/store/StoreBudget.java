// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.store;

import java.util.HashMap;
import java.util.Map;

/**
 * How much the store may hold: everything is in memory, so that what nobody bounds would end the server, and end it again at every start.
 * What is there may always be read, replaced by something smaller and removed. Used by the writer's thread alone.
 */
final class StoreBudget {
    /** The heap's share for JSON; trees, history, answers and watches need the rest. */
    private static final int HEAP_SHARE = 3;
    /** One namespace's share of that: no project fills the store alone. */
    private static final int NAMESPACE_SHARE = 8;

    private final long maxBytes;
    private final long maxNamespaceBytes;
    private final Map<String, Long> namespaces = new HashMap<>();
    private long bytes;

    StoreBudget(long maxBytes, long maxNamespaceBytes) {
        this.maxBytes = maxBytes;
        this.maxNamespaceBytes = maxNamespaceBytes;
    }

    static StoreBudget ofHeap(long maxHeapBytes) {
        return new StoreBudget(maxHeapBytes / HEAP_SHARE, maxHeapBytes / HEAP_SHARE / NAMESPACE_SHARE);
    }

    /** Why a change has no room; empty when it has. */
    String refusal(Change change) {
        long growth = growth(change);
        String namespace = change.object().key().namespace();
        long inNamespace = namespaces.getOrDefault(namespace, 0L) + growth;
        if (growth <= 0) {
            return "";
        }
        if (!namespace.isEmpty() && inNamespace > maxNamespaceBytes) {
            return "namespace " + namespace + " would hold " + inNamespace + " bytes of objects, accepted: at most "
                    + maxNamespaceBytes + "; delete objects of this namespace that are no longer needed";
        }
        return bytes + growth > maxBytes
                ? "the server would hold " + (bytes + growth) + " bytes of objects, accepted: at most " + maxBytes
                        + "; delete objects that are no longer needed"
                : "";
    }

    void add(Change change) {
        grow(change.object().key().namespace(), growth(change));
    }

    /** Takes back an addition that did not become durable. */
    void undo(Change change) {
        grow(change.object().key().namespace(), -growth(change));
    }

    /** Counts an object that was there at the start. */
    void add(StoredObject object) {
        grow(object.key().namespace(), object.json().length);
    }

    private void grow(String namespace, long growth) {
        bytes += growth;
        namespaces.merge(namespace, growth, (have, more) -> have + more);
    }

    private static long growth(Change change) {
        StoredObject before = change.previous();
        long had = before == null ? 0 : before.json().length;
        return (change.removed() ? 0 : change.object().json().length) - had;
    }
}
