// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import net.statemesh.api.Reason;
import net.statemesh.api.StatusConditions;
import net.statemesh.health.master.Standing;
import net.statemesh.health.master.Verdict;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.node.NodeStatusWriter;
import net.statemesh.zone.queue.WorkQueue;
import net.statemesh.zone.queue.Workers;

/** Writes verdicts as Ready conditions, and an event for each; of a node's verdicts only the latest. */
final class VerdictWriter implements AutoCloseable {
    /** Half of the zone may die at once: one write after the other would take too long. */
    private static final int WORKERS = 8;

    private final ZoneCache cache;
    private final NodeStatusWriter writer;
    private final EventRecorder events;
    private final IntFunction<String> names;
    private final Map<String, Verdict> latest = new ConcurrentHashMap<>();
    /** What the agent said last, by node for which the master speaks now. */
    private final Map<String, Verdicts.Mark> said = new ConcurrentHashMap<>();

    private final WorkQueue<String> queue = new WorkQueue<>();
    private final Workers<String> workers;

    /** @param names of nodes by number */
    VerdictWriter(ZoneCache cache, NodeStatusWriter writer, EventRecorder events, IntFunction<String> names) {
        this.cache = cache;
        this.writer = writer;
        this.events = events;
        this.names = names;
        this.workers = Workers.start("verdicts", WORKERS, queue, this::write);
    }

    void judged(String node, Verdict verdict) {
        latest.put(node, verdict);
        queue.add(node);
    }

    void forget(String node) {
        latest.remove(node);
        said.remove(node);
    }

    private void write(String name) {
        Verdict verdict = latest.get(name);
        Node node = cache.nodes().getIndexer().getByKey(name);
        if (verdict == null || node == null) {
            return;
        }
        if (verdict.standing() == Standing.ALIVE) {
            returned(node, name, verdict.before());
        } else {
            Verdicts.Mark mark = Verdicts.mark(verdict, names);
            ready(node)
                    .filter(condition -> Verdicts.standing(condition) == Standing.ALIVE)
                    .ifPresent(condition -> said.put(name, Verdicts.said(condition)));
            writer.mark(node, mark.status(), mark.reason(), mark.message());
            events.record(node, EventRecorder.WARNING, mark.reason(), mark.message());
        }
    }

    /** An agent that was away only for the master would not say again what it said before. */
    private void returned(Node node, String name, Standing before) {
        Verdicts.Mark back = said.remove(name);
        boolean marked = back != null || standing(node) != Standing.ALIVE;
        if (marked) {
            Verdicts.Mark mark = back == null ? Verdicts.RETURNED : back;
            writer.mark(node, mark.status(), mark.reason(), mark.message());
        }
        if (marked || before != Standing.NEW) {
            events.record(node, EventRecorder.NORMAL, Reason.NODE_RETURNED, Verdicts.RETURNED.message());
        }
    }

    /** How the master called a node last, as its Ready condition tells. */
    static Standing standing(Node node) {
        return ready(node).map(Verdicts::standing).orElse(Standing.ALIVE);
    }

    private static Optional<NodeCondition> ready(Node node) {
        return StatusConditions.of(node, StatusConditions.READY);
    }

    @Override
    public void close() {
        workers.close();
    }
}
