// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.leader;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import net.statemesh.zone.plan.leader.Election;

/** Whether this master leads, for everyone who acts. It ends by the clock alone: no thread has to run for that. */
public final class Leadership {
    private record Standing(long term, long actUntilNanos) {}

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Standing standing = new Standing(0, 0);

    Leadership(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether this master may act right now. */
    public boolean mayAct() {
        Standing now = standing;
        return now.term() != 0 && nanoTime.getAsLong() - now.actUntilNanos() < 0;
    }

    /** Waits until this master leads; gives the number of the term. */
    public long awaitTerm() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!mayAct()) {
                changed.await();
            }
            return standing.term();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until another master leads or this one let go. A leader that only cannot renew stays in its term, without acting. */
    public void awaitEnd(long term) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (standing.term() == term) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The same, but no longer than so long; gives whether the term has ended. */
    public boolean awaitEnd(long term, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNanos = atMost.toNanos();
            while (standing.term() == term && leftNanos > 0) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
            return standing.term() != term;
        } finally {
            lock.unlock();
        }
    }

    /** A client like this one that sends nothing but reads while {@link #mayAct} is false. The caller closes it. */
    public KubernetesClient guarded(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("leadership", new Guard()))
                .build();
    }

    /** Gives whether this changes who leads. */
    boolean update(Election election) {
        Standing before = standing;
        lock.lock();
        try {
            standing = new Standing(election.term(), election.actUntilNanos());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return before.term() != election.term();
    }

    /** Nothing more is written from now on, whatever the Lease says. */
    void end() {
        lock.lock();
        try {
            standing = new Standing(0, 0);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the clock as late as can be: for each request, and each repetition of one, just before it is sent. */
    private final class Guard implements Interceptor {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (!request.method().equals("GET") && !mayAct()) {
                throw new NotLeadingException();
            }
        }
    }
}
