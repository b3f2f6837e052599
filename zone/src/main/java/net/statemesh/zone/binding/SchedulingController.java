// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.binding;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.statemesh.api.SystemNames;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.project.Profile;
import net.statemesh.api.project.Project;
import net.statemesh.zone.cache.ChangeHandler;
import net.statemesh.zone.cache.ObjectKey;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import net.statemesh.zone.scheduler.PodRequest;
import net.statemesh.zone.scheduler.SchedulingCore;
import net.statemesh.zone.scheduler.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler {@value net.statemesh.api.SystemNames#SCHEDULER}: tells its core what the watches say and has written what the core
 * decides. Decisions are made one after another; writes go on beside them, since the room is taken from the decision on.
 */
public final class SchedulingController implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(SchedulingController.class);

    private final ZoneCache cache;
    private final StepWriters writers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SchedulingCore core = new SchedulingCore();
    private final Thread loop;
    private boolean closed;

    /** Starts at once; the cache must have seen the whole zone. */
    public SchedulingController(ZoneCache cache, Bindings bindings, EventRecorder events) {
        this.cache = cache;
        this.writers = new StepWriters(cache, bindings, this::failed, this::notEvicted);
        cache.applications().addEventHandler(ChangeHandler.of(this::applicationChanged, this::applicationGone));
        cache.nodes().addEventHandler(ChangeHandler.of(this::nodeChanged, this::nodeGone));
        cache.pods().addEventHandler(ChangeHandler.of(this::podChanged, this::podGone));
        cache.projects().addEventHandler(ChangeHandler.of(this::projectChanged, this::projectChanged));
        cache.applications().getIndexer().list().forEach(this::applicationChanged);
        cache.nodes().getIndexer().list().forEach(this::nodeChanged);
        cache.pods().getIndexer().list().forEach(this::podChanged);
        this.loop = Thread.ofVirtual().name("scheduler").start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Optional<Step> step = awaitStep();
                if (step.isEmpty()) {
                    return;
                }
                writers.perform(step.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Step> decide() {
        try {
            return core.next(nowMillis());
        } catch (RuntimeException e) {
            LOG.error("a pod cannot be decided about; it is tried again later", e);
            return Optional.empty();
        }
    }

    /** Empty when closed. */
    private Optional<Step> awaitStep() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                Optional<Step> step = decide();
                if (step.isPresent()) {
                    return step;
                }
                OptionalLong due = core.dueMillis(nowMillis());
                if (due.isEmpty()) {
                    changed.await();
                } else {
                    var _ = changed.await(Math.max(1, due.getAsLong() - nowMillis()), TimeUnit.MILLISECONDS);
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void failed(PodRequest pod) {
        locked(() -> core.bindFailed(pod, nowMillis()));
    }

    private void notEvicted(String uid) {
        locked(() -> core.evictionFailed(uid));
    }

    private void nodeChanged(Node node) {
        locked(() -> core.putNode(node, nowMillis()));
    }

    private void nodeGone(Node node) {
        locked(() -> core.removeNode(node.getMetadata().getName(), nowMillis()));
    }

    private void podChanged(Pod pod) {
        ObjectKey key = ObjectKey.of(pod);
        if (isOurs(pod)) {
            PodRequest wanted = PodRequest.of(pod, profile(key.namespace()));
            String nominated = pod.getStatus() == null ? null : pod.getStatus().getNominatedNodeName();
            locked(() -> core.want(wanted, nominated, nowMillis()));
        } else if (pod.getSpec().getNodeName() == null) {
            podGone(pod);
        } else {
            locked(() -> core.putPod(pod, nowMillis()));
        }
    }

    private void podGone(Pod pod) {
        String uid = Objects.requireNonNullElse(pod.getMetadata().getUid(), "");
        locked(() -> core.removePod(uid, ObjectKey.of(pod).toString(), nowMillis()));
    }

    /** The same floor as that of a rolling update: one less than wanted, but one. */
    private void applicationChanged(Application application) {
        ApplicationSpec spec = application.getSpec();
        int floor = spec == null || spec.stopped() || spec.replicas() == 0 ? 0 : Math.max(1, spec.replicas() - 1);
        locked(() -> core.floor(ObjectKey.of(application).toString(), floor));
    }

    private void applicationGone(Application application) {
        locked(() -> core.floor(ObjectKey.of(application).toString(), 0));
    }

    /** Its profile decides which nodes its pods may use. */
    private void projectChanged(Project project) {
        cache.podsOfProject(project.getMetadata().getName()).stream()
                .filter(SchedulingController::isOurs)
                .forEach(this::podChanged);
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

    private static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets writes in progress end. */
    @Override
    public void close() {
        locked(() -> closed = true);
        try {
            var _ = loop.join(GRACE);
            writers.close(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
