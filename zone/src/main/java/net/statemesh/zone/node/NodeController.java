// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import net.statemesh.api.Reason;
import net.statemesh.api.StatusConditions;
import net.statemesh.daemon.Daemon;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.plan.application.NodePresence;
import net.statemesh.zone.plan.node.LeaseWatch;
import net.statemesh.zone.plan.node.LeaseWatch.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the leases of nodes. Marks a silent node Ready=Unknown; ends no pod itself. */
public final class NodeController implements AutoCloseable {
    /** How often silence is judged. */
    static final Duration TICK = Duration.ofSeconds(5);
    /** A tick that comes so late means that the master itself was away. */
    static final Duration LATE = TICK.multipliedBy(3);

    private static final Logger LOG = LoggerFactory.getLogger(NodeController.class);

    private final ZoneCache cache;
    private final NodeStatusWriter writer;
    private final OrphanedPods orphans;
    private final Consumer<String> presenceChanged;
    private final Predicate<String> heardOtherwise;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final LeaseWatch leases = new LeaseWatch();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Map<String, NodePresence> told = new ConcurrentHashMap<>();
    private final Daemon ticker;
    private long lastTickNanos;

    /**
     * Starts at once; the cache must have seen the whole zone.
     *
     * @param presenceChanged told the name of a node whose presence changed
     * @param heardOtherwise whether the health protocol hears this node: then its lease says nothing
     * @param nanoTime monotonic clock
     */
    public NodeController(
            ZoneCache cache,
            NodeStatusWriter writer,
            OrphanedPods orphans,
            Consumer<String> presenceChanged,
            Predicate<String> heardOtherwise,
            LongSupplier nanoTime) {
        this.cache = cache;
        this.heardOtherwise = heardOtherwise;
        this.writer = writer;
        this.orphans = orphans;
        this.presenceChanged = presenceChanged;
        this.nanoTime = nanoTime;
        this.lastTickNanos = nanoTime.getAsLong();
        cache.leases().addEventHandler(ChangeHandler.of(this::observe, gone -> {}));
        cache.nodes()
                .addEventHandler(ChangeHandler.of(
                        node -> tellIfChanged(node.getMetadata().getName()), this::forget));
        this.ticker = Daemon.start("node-leases", Set.of(), () -> {
            tick();
            return TICK;
        });
    }

    /** What is known of a node. */
    public NodePresence presence(String name) {
        Node node = cache.nodes().getIndexer().getByKey(name);
        if (node == null) {
            return NodePresence.GONE;
        }
        if (hasReady(node, "False", Reason.NODE_DEAD)) {
            return NodePresence.DEAD;
        }
        if (lost.contains(name)) {
            return NodePresence.LOST;
        }
        return hasReady(node, "Unknown", "") ? NodePresence.SILENT : NodePresence.PRESENT;
    }

    @Override
    public void close() {
        ticker.close();
    }

    /** Judges every node once. */
    void tick() {
        long now = nanoTime.getAsLong();
        List<Node> nodes = cache.nodes().getIndexer().list();
        Map<String, Verdict> verdicts = judge(nodes, now);
        boolean anyoneReports = verdicts.containsValue(Verdict.REPORTS);
        for (Node node : nodes) {
            String name = node.getMetadata().getName();
            Verdict byLease = verdicts.getOrDefault(name, Verdict.UNDECIDED);
            switch (heardOtherwise.test(name) ? Verdict.REPORTS : byLease) {
                case UNDECIDED -> {}
                case REPORTS -> found(node);
                case SILENT -> silent(node);
                case LOST -> lost(node, anyoneReports);
            }
        }
        orphans.collect(now);
    }

    private void lost(Node node, boolean anyoneReports) {
        silent(node);
        String name = node.getMetadata().getName();
        if (anyoneReports && !lost.contains(name) && isSilentForTheApi(node)) {
            lost.add(name);
            LOG.warn("lost node={}: silent for {}", name, LeaseWatch.LOST_AFTER);
            tellIfChanged(name);
        }
    }

    private Map<String, Verdict> judge(List<Node> nodes, long now) {
        lock.lock();
        try {
            if (now - lastTickNanos > LATE.toNanos()) {
                leases.startAnew(now);
            }
            lastTickNanos = now;
            Map<String, Verdict> verdicts = new HashMap<>();
            nodes.forEach(node -> verdicts.put(
                    node.getMetadata().getName(),
                    leases.judge(node.getMetadata().getName(), now)));
            return verdicts;
        } finally {
            lock.unlock();
        }
    }

    private void silent(Node node) {
        if (hasReady(node, "True", "") && isSilentForTheApi(node)) {
            writer.markUnknown(node);
        }
    }

    /** Asks the API server itself: the watch may be what is late. */
    private boolean isSilentForTheApi(Node node) {
        return switch (writer.readLease(node.getMetadata().getName())) {
            case NodeStatusWriter.Read.Unreachable() -> {
                startAnew();
                yield false;
            }
            case NodeStatusWriter.Read.Renewal(String time) ->
                !renewed(node.getMetadata().getName(), time);
        };
    }

    /** Takes the master's own mark back; an agent that only writes changes would not. */
    private void found(Node node) {
        if (hasReady(node, "Unknown", Reason.NODE_SILENT)) {
            writer.markReporting(node);
        }
        if (lost.remove(node.getMetadata().getName())) {
            tellIfChanged(node.getMetadata().getName());
        }
    }

    /** Heartbeats come often and mean nothing to applications. */
    private void tellIfChanged(String name) {
        NodePresence now = presence(name);
        NodePresence before = now == NodePresence.GONE ? told.remove(name) : told.put(name, now);
        if (before != now) {
            presenceChanged.accept(name);
        }
    }

    private void startAnew() {
        locked(() -> leases.startAnew(nanoTime.getAsLong()));
    }

    private boolean renewed(String node, String time) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            leases.observe(node, time, now);
            Verdict verdict = leases.judge(node, now);
            return verdict == Verdict.REPORTS || verdict == Verdict.UNDECIDED;
        } finally {
            lock.unlock();
        }
    }

    void observe(Lease lease) {
        locked(() ->
                leases.observe(lease.getMetadata().getName(), NodeStatusWriter.renewal(lease), nanoTime.getAsLong()));
    }

    private void forget(Node node) {
        String name = node.getMetadata().getName();
        locked(() -> leases.forget(name));
        lost.remove(name);
        tellIfChanged(name);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** An empty reason stands for any. */
    private static boolean hasReady(Node node, String status, String reason) {
        return StatusConditions.of(node, StatusConditions.READY)
                .filter(condition -> status.equals(condition.getStatus()))
                .filter(condition -> reason.isEmpty() || reason.equals(condition.getReason()))
                .isPresent();
    }
}
