// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import net.statemesh.daemon.Backoff;

/**
 * Keys that need a look. A key waits at most once however often it is added, is never handed to two workers at a time, and comes again
 * when it was added while a worker had it. Bounded by the number of keys, which are names of objects.
 */
public final class WorkQueue<K> {
    static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(30));

    private record Due<K>(long nanos, K key) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LongSupplier nanoTime;
    private final ArrayDeque<K> ready = new ArrayDeque<>();
    private final Set<K> waiting = new HashSet<>();
    private final Set<K> working = new HashSet<>();
    private final Set<K> again = new HashSet<>();
    private final Map<K, Long> dueNanos = new HashMap<>();
    private final PriorityQueue<Due<K>> later = new PriorityQueue<>(Comparator.comparingLong(Due::nanos));
    private final Map<K, Integer> failures = new HashMap<>();
    private boolean closed;

    public WorkQueue() {
        this(System::nanoTime);
    }

    WorkQueue(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** As soon as a worker is free. */
    public void add(K key) {
        locked(() -> enqueue(key));
    }

    /** Not before the delay is over; the earliest of several wins. */
    public void addAfter(K key, Duration delay) {
        locked(() -> schedule(key, nanoTime.getAsLong() + delay.toNanos()));
    }

    /** After a pause that doubles with each failure in a row. */
    public void addFailed(K key) {
        locked(() -> {
            int count = failures.merge(key, 1, Integer::sum);
            schedule(key, nanoTime.getAsLong() + BACKOFF.after(count).toNanos());
        });
    }

    /** The next failure is the first again. */
    public void forget(K key) {
        locked(() -> failures.remove(key));
    }

    /** Waits for a key; empty when the queue was closed. Call {@link #done} when the work is over. */
    public Optional<K> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                releaseDue();
                K key = ready.poll();
                if (key != null) {
                    waiting.remove(key);
                    working.add(key);
                    return Optional.of(key);
                }
                Due<K> next = later.peek();
                if (next == null) {
                    changed.await();
                } else {
                    var _ = changed.awaitNanos(next.nanos() - nanoTime.getAsLong());
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    public void done(K key) {
        locked(() -> {
            working.remove(key);
            if (again.remove(key)) {
                enqueue(key);
            }
        });
    }

    public void close() {
        locked(() -> closed = true);
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

    private void enqueue(K key) {
        dueNanos.remove(key);
        if (working.contains(key)) {
            again.add(key);
        } else if (waiting.add(key)) {
            ready.add(key);
        }
    }

    private void schedule(K key, long nanos) {
        Long planned = dueNanos.get(key);
        if (!waiting.contains(key) && (planned == null || nanos - planned < 0)) {
            dueNanos.put(key, nanos);
            later.add(new Due<>(nanos, key));
        }
    }

    private void releaseDue() {
        long now = nanoTime.getAsLong();
        for (Due<K> due = later.peek(); due != null && due.nanos() - now <= 0; due = later.peek()) {
            later.remove();
            Long planned = dueNanos.get(due.key());
            if (planned != null && planned == due.nanos()) {
                enqueue(due.key());
            }
        }
    }
}
