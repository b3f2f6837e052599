// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.statemesh.api.health.HealthDocument;
import net.statemesh.zone.queue.WorkQueue;
import net.statemesh.zone.queue.Workers;
import org.jspecify.annotations.Nullable;

/** Brings each node's document into the API; of several that follow each other quickly, only the latest. */
final class NodeDocuments implements AutoCloseable {
    private static final int WORKERS = 4;

    private final HealthSecrets secrets;
    private final Map<String, HealthDocument> latest;
    /** Nodes that may read their documents. */
    private final Set<String> allowed = ConcurrentHashMap.newKeySet();

    private final WorkQueue<String> queue = new WorkQueue<>();
    private final Workers<String> workers;

    /** Starts with the documents that are in the API. */
    NodeDocuments(HealthSecrets secrets) {
        this.secrets = secrets;
        this.latest = new ConcurrentHashMap<>(secrets.documents());
        this.allowed.addAll(latest.keySet());
        this.workers = Workers.start("health-documents", WORKERS, queue, this::write);
    }

    /** The latest document of a node, whether it has been written yet or not. */
    @Nullable
    HealthDocument of(String node) {
        return latest.get(node);
    }

    Set<String> nodes() {
        return Set.copyOf(latest.keySet());
    }

    int highestNumber() {
        return latest.values().stream().mapToInt(HealthDocument::number).max().orElse(0);
    }

    void put(String node, HealthDocument document) {
        if (!document.equals(latest.put(node, document))) {
            queue.add(node);
        }
    }

    /** The node is no longer of the zone. */
    void remove(String node) {
        latest.remove(node);
        queue.add(node);
    }

    private void write(String node) {
        HealthDocument document = latest.get(node);
        if (document == null) {
            allowed.remove(node);
            secrets.remove(node);
            return;
        }
        if (!allowed.contains(node)) {
            secrets.allow(node);
            allowed.add(node);
        }
        secrets.write(node, document);
    }

    @Override
    public void close() {
        workers.close();
    }
}
