// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.apiserver;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** When each write was due, and how long after that every watch had its event. */
final class Deliveries {
    private static final int PATIENCE_SECONDS = 60;

    private final long[] dueNanos;
    private final long[] latencies;
    private final AtomicInteger count = new AtomicInteger();
    private final Semaphore opened = new Semaphore(0);
    private final CountDownLatch all;
    private volatile String failure = "";

    Deliveries(int writes, int events) {
        dueNanos = new long[writes];
        latencies = new long[events];
        all = new CountDownLatch(events);
    }

    void opened(String status) {
        if (!status.equals("200")) {
            lost("a watch was answered with " + status);
        }
        opened.release();
    }

    /** Notes when a write should leave: waiting for a slow client or server is part of the latency. */
    void due(int sequence, long nanos) {
        dueNanos[sequence] = nanos;
    }

    /** @param sequence the write behind an event; negative for events of before the measurement */
    void event(int sequence) {
        long now = System.nanoTime();
        if (sequence >= 0 && sequence < dueNanos.length) {
            int index = count.getAndIncrement();
            if (index < latencies.length) {
                latencies[index] = now - dueNanos[sequence];
                all.countDown();
            } else {
                lost("more events than writes");
            }
        }
    }

    /** The first thing that went wrong is what is told. */
    synchronized void lost(String why) {
        if (failure.isEmpty()) {
            failure = why;
        }
    }

    /** Waits until this many watches are open. */
    void awaitOpen(int watches) throws InterruptedException {
        boolean done = opened.tryAcquire(watches, PATIENCE_SECONDS, TimeUnit.SECONDS);
        opened.release(done ? watches : 0);
        refuse(!done, "watches are missing");
    }

    /** All latencies in nanoseconds, ascending; throws when an event is missing. */
    long[] sorted() throws InterruptedException {
        boolean done = all.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        refuse(!done, all.getCount() + " events are missing");
        long[] sorted = latencies.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private void refuse(boolean late, String what) {
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
        if (late) {
            throw new IllegalStateException(what + " after " + PATIENCE_SECONDS + " s");
        }
    }
}
