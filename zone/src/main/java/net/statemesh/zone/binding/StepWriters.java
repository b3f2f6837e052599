// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.binding;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import net.statemesh.zone.cache.ZoneCache;
import net.statemesh.zone.scheduler.Decision;
import net.statemesh.zone.scheduler.PlacedPod;
import net.statemesh.zone.scheduler.PodRequest;
import net.statemesh.zone.scheduler.Preemption;
import net.statemesh.zone.scheduler.Step;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Virtual threads that write steps, a bounded number at a time: when the API server is slow, the scheduler waits for it. */
final class StepWriters {
    static final int MAX_WRITES = 64;

    private static final Set<Integer> SOMEBODY_WAS_FASTER = Set.of(404, 409);
    private static final Logger LOG = LoggerFactory.getLogger(StepWriters.class);

    private final ZoneCache cache;
    private final Bindings bindings;
    private final Consumer<PodRequest> notBound;
    private final Consumer<String> notEvicted;
    private final Semaphore places = new Semaphore(MAX_WRITES);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /**
     * @param notBound told of a pod whose binding failed
     * @param notEvicted told of the uid of a pod that could not be ended
     */
    StepWriters(ZoneCache cache, Bindings bindings, Consumer<PodRequest> notBound, Consumer<String> notEvicted) {
        this.cache = cache;
        this.bindings = bindings;
        this.notBound = notBound;
        this.notEvicted = notEvicted;
    }

    void perform(Step step) throws InterruptedException {
        switch (step) {
            case Step.Bind bind -> {
                for (Step.Choice choice : bind.choices()) {
                    inBackground(() -> bind(choice.pod(), choice.decision()));
                }
            }
            case Step.Wait wait -> {
                for (PodRequest pod : wait.pods()) {
                    inBackground(() -> tell(pod, wait));
                }
                Preemption plan = wait.decision().preemption().orElse(null);
                if (plan != null) {
                    for (PlacedPod victim : plan.victims()) {
                        inBackground(() -> evict(victim, wait.pods().getFirst(), plan.node()));
                    }
                }
            }
        }
    }

    /** Not without a look: older API servers bind whatever has the name, also a successor of the pod. */
    private void bind(PodRequest pod, Decision decision) {
        String node = decision.node().orElseThrow();
        Pod seen = current(pod.key(), pod.uid());
        if (seen == null) {
            notBound.accept(pod);
            return;
        }
        try {
            bindings.bind(pod, node, decision);
            LOG.info("bound pod={} node={}", pod.key(), node);
            bindings.bound(seen, decision);
        } catch (RuntimeException e) {
            LOG.atLevel(somebodyWasFaster(e) ? Level.DEBUG : Level.WARN)
                    .log("pod={} was not bound to node={}, will be tried again: {}", pod.key(), node, e.toString());
            notBound.accept(pod);
        }
    }

    private void tell(PodRequest pod, Step.Wait wait) {
        Pod seen = current(pod.key(), pod.uid());
        if (seen == null) {
            return;
        }
        LOG.info("unschedulable pod={} {}", pod.key(), wait.message());
        try {
            bindings.unschedulable(seen, wait);
        } catch (RuntimeException e) {
            LOG.warn("pod={} could not be told why it has no node: {}", pod.key(), e.toString());
        }
    }

    private void evict(PlacedPod victim, PodRequest forPod, String node) {
        Pod seen = current(victim.key(), victim.uid());
        if (seen == null) {
            return;
        }
        try {
            var _ = bindings.evict(seen, forPod, node);
        } catch (RuntimeException e) {
            LOG.warn("pod={} could not be ended to make room for pod={}: {}", victim.key(), forPod.key(), e.toString());
            notEvicted.accept(victim.uid());
        }
    }

    private @Nullable Pod current(String key, String uid) {
        Pod seen = cache.pods().getIndexer().getByKey(key);
        return seen != null && Objects.equals(seen.getMetadata().getUid(), uid) ? seen : null;
    }

    private static boolean somebodyWasFaster(RuntimeException e) {
        return e instanceof KubernetesClientException refused && SOMEBODY_WAS_FASTER.contains(refused.getCode());
    }

    private void inBackground(Runnable write) throws InterruptedException {
        places.acquire();
        Thread thread = Thread.ofVirtual().name("scheduler-write").unstarted(() -> {
            try {
                write.run();
            } finally {
                threads.remove(Thread.currentThread());
                places.release();
            }
        });
        threads.add(thread);
        thread.start();
    }

    /** Lets writes in progress end; those that do not are interrupted. */
    void close(Duration grace) throws InterruptedException {
        for (Thread thread : threads) {
            if (!thread.join(grace)) {
                thread.interrupt();
            }
        }
    }
}
