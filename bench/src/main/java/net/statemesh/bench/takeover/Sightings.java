// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.takeover;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.zone.leader.ZoneLease;

/** Who leads and which applications have a replica, as watches tell: whoever asked again and again would take time from the masters. */
final class Sightings implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long NO_RESYNC = 0;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> applications = new HashSet<>();
    private final SharedIndexInformer<Lease> leases;
    private final SharedIndexInformer<Pod> pods;
    private volatile String holder = "";

    Sightings(KubernetesClient client) throws Exception {
        leases = client.leases()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(ZoneLease.NAME)
                .runnableInformer(NO_RESYNC);
        pods = client.pods().inNamespace(SystemNames.DEFAULT_PROJECT).runnableInformer(NO_RESYNC);
        leases.addEventHandler(new Handler<>(this::leads));
        pods.addEventHandler(new Handler<>(this::exists));
        leases.start().toCompletableFuture().get();
        pods.start().toCompletableFuture().get();
    }

    /** Holder of the Lease; empty for nobody. */
    String holder() {
        return holder;
    }

    /** Only inside {@link #await}. */
    boolean hasReplica(String application) {
        return applications.contains(application);
    }

    /** Gives the time, by {@link System#nanoTime}, at which it was so. */
    long await(BooleanSupplier condition) throws InterruptedException {
        lock.lock();
        try {
            long leftNanos = LIMIT.toNanos();
            while (!condition.getAsBoolean()) {
                leftNanos = changed.awaitNanos(leftNanos);
                if (leftNanos <= 0) {
                    throw new IllegalStateException("not within " + LIMIT);
                }
            }
            return System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private void leads(Lease lease) {
        String now = lease.getSpec() == null || lease.getSpec().getHolderIdentity() == null
                ? ""
                : lease.getSpec().getHolderIdentity();
        tell(() -> holder = now);
    }

    private void exists(Pod pod) {
        tell(() -> applications.add(pod.getMetadata().getLabels().getOrDefault(Labels.APPLICATION, "")));
    }

    private void tell(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        leases.stop();
        pods.stop();
    }

    private record Handler<T>(Consumer<T> seen) implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            seen.accept(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            seen.accept(object);
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {}
    }
}
