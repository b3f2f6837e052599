// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.binding;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.statemesh.api.Reason;
import net.statemesh.api.SystemNames;
import net.statemesh.api.project.Profile;
import net.statemesh.api.project.Project;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.queue.WorkQueue;
import net.statemesh.zone.queue.Workers;
import net.statemesh.zone.scheduler.Decision;
import net.statemesh.zone.scheduler.NodeLedger;
import net.statemesh.zone.scheduler.PodRequest;
import net.statemesh.zone.scheduler.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler {@value net.statemesh.api.SystemNames#SCHEDULER}: one pod at a time. A pod that fits nowhere waits until a node or a pod
 * changes something; it is not tried again and again.
 */
public final class SchedulingController implements AutoCloseable {
    private static final int ONE_AT_A_TIME = 1;
    private static final int NOT_FOUND = 404;
    private static final Logger LOG = LoggerFactory.getLogger(SchedulingController.class);

    private final ZoneCache cache;
    private final Bindings bindings;
    private final EventRecorder events;
    private final Scheduler scheduler = Scheduler.standard();
    private final WorkQueue<ObjectKey> queue = new WorkQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final NodeLedger ledger = new NodeLedger();
    private final Set<ObjectKey> withoutNode = new HashSet<>();
    private final Workers<ObjectKey> workers;

    /** Starts at once; the cache must have seen the whole zone. */
    public SchedulingController(ZoneCache cache, Bindings bindings, EventRecorder events) {
        this.cache = cache;
        this.bindings = bindings;
        this.events = events;
        cache.nodes().addEventHandler(ChangeHandler.of(this::nodeChanged, this::nodeGone));
        cache.pods().addEventHandler(ChangeHandler.of(this::podChanged, this::podGone));
        cache.projects().addEventHandler(ChangeHandler.of(project -> retryAll(), project -> {}));
        cache.pods().getIndexer().list().forEach(this::podChanged);
        cache.nodes().getIndexer().list().forEach(this::nodeChanged);
        this.workers = Workers.start("scheduler", ONE_AT_A_TIME, queue, this::schedule);
    }

    @Override
    public void close() {
        workers.close();
    }

    private void schedule(ObjectKey key) {
        Pod pod = cache.pods().getIndexer().getByKey(key.toString());
        if (pod == null || !isOurs(pod)) {
            return;
        }
        Decision decision = decide(key, pod);
        if (decision.node().isEmpty()) {
            LOG.info("unschedulable pod={} {}", key, decision.summary());
            bindings.unschedulable(pod, decision);
            return;
        }
        bind(key, pod, decision, decision.node().get());
    }

    /** Under the lock from the look at the nodes to the assumption, so that no room is given twice. */
    private Decision decide(ObjectKey key, Pod pod) {
        return locked(() -> {
            Decision decision = scheduler.decide(PodRequest.of(pod, profile(key.namespace())), ledger.nodes());
            decision.node().ifPresentOrElse(node -> ledger.assume(pod, node), () -> withoutNode.add(key));
            return decision;
        });
    }

    private void bind(ObjectKey key, Pod pod, Decision decision, String node) {
        try {
            bindings.bind(pod, node, decision);
            LOG.info("bound pod={} node={}", key, node);
            events.record(pod, EventRecorder.NORMAL, Reason.SCHEDULED, decision.summary());
        } catch (KubernetesClientException e) {
            locked(() -> ledger.removePod(pod.getMetadata().getUid()));
            if (e.getCode() != NOT_FOUND) {
                throw e;
            }
        }
    }

    private Profile profile(String project) {
        Project found = cache.projects().getIndexer().getByKey(project);
        return found == null || found.getSpec() == null
                ? Profile.CLOUD
                : found.getSpec().profile();
    }

    private static boolean isOurs(Pod pod) {
        return SystemNames.SCHEDULER.equals(pod.getSpec().getSchedulerName())
                && pod.getSpec().getNodeName() == null
                && pod.getMetadata().getDeletionTimestamp() == null;
    }

    private void nodeChanged(Node node) {
        if (locked(() -> ledger.putNode(node))) {
            retryAll();
        }
    }

    private void nodeGone(Node node) {
        locked(() -> {
            ledger.removeNode(node.getMetadata().getName());
            return true;
        });
    }

    private void podChanged(Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        boolean freed = locked(() -> {
            if (!isOurs(pod)) {
                withoutNode.remove(key);
            }
            return ledger.putPod(pod);
        });
        if (isOurs(pod) && !locked(() -> withoutNode.contains(key))) {
            queue.add(key);
        }
        if (freed) {
            retryAll();
        }
    }

    private void podGone(Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        boolean freed = locked(() -> {
            withoutNode.remove(key);
            return ledger.removePod(Objects.requireNonNullElse(pod.getMetadata().getUid(), ""));
        });
        if (freed) {
            retryAll();
        }
    }

    private void retryAll() {
        Set<ObjectKey> waiting = locked(() -> {
            Set<ObjectKey> all = Set.copyOf(withoutNode);
            withoutNode.clear();
            return all;
        });
        waiting.forEach(queue::add);
    }

    private <T> T locked(Supplier<T> access) {
        lock.lock();
        try {
            return access.get();
        } finally {
            lock.unlock();
        }
    }
}
