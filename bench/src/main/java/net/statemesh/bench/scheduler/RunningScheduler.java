// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.scheduler;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.statemesh.zone.binding.Bindings;
import net.statemesh.zone.binding.SchedulingController;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.event.EventRecorder;
import org.jspecify.annotations.Nullable;

/** The scheduler of the product on an API server, without the rest of the master; counts the pods that get a node, whoever gives it. */
final class RunningScheduler implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 180;

    private final ZoneCache cache;
    private final EventRecorder events;
    private final KubernetesClient client;
    private final Set<String> counted = ConcurrentHashMap.newKeySet();
    private final Semaphore bound = new Semaphore(0);
    private @Nullable SchedulingController controller;

    /** Sees the whole zone, decides nothing yet. */
    RunningScheduler(KubernetesClient client) throws Exception {
        this.client = client;
        this.cache = new ZoneCache(client);
        cache.pods().addEventHandler(new Counter());
        cache.start().get();
        this.events = new EventRecorder(client, "bench", Clock.systemUTC());
    }

    void start() {
        controller = new SchedulingController(cache, new Bindings(client, events, Clock.systemUTC()), events);
    }

    /** Until so many more pods have a node. */
    void awaitBound(int count) throws InterruptedException, TimeoutException {
        if (!bound.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(
                    bound.availablePermits() + " of " + count + " pods have a node after " + PATIENCE_SECONDS + " s");
        }
    }

    @Override
    public void close() {
        if (controller != null) {
            controller.close();
        }
        events.close();
        cache.close();
    }

    private final class Counter implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            if (pod.getSpec().getNodeName() != null
                    && FakeNodes.holds(pod)
                    && counted.add(pod.getMetadata().getUid())) {
                bound.release();
            }
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            onAdd(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean finalStateUnknown) {}
    }
}
