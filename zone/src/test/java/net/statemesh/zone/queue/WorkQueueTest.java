// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkQueueTest {
    private final AtomicLong nanos = new AtomicLong();
    private final WorkQueue<String> queue = new WorkQueue<>(nanos::get);

    @Test
    void keyWaitsOnceHoweverOftenItIsAdded() throws InterruptedException {
        queue.add("a");
        queue.add("a");
        queue.add("b");
        assertThat(queue.take()).contains("a");
        assertThat(queue.take()).contains("b");
        queue.close();
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void keyThatIsAddedDuringWorkComesAgainAfterIt() throws InterruptedException {
        queue.add("a");
        queue.take();
        queue.add("a");
        queue.add("b");
        assertThat(queue.take()).contains("b");
        queue.done("a");
        assertThat(queue.take()).contains("a");
    }

    @Test
    void earliestOfSeveralDelaysWinsAndComesOnce() throws InterruptedException {
        queue.addAfter("a", Duration.ofSeconds(10));
        queue.addAfter("a", Duration.ofSeconds(1));
        queue.addAfter("a", Duration.ofSeconds(5));
        advance(Duration.ofSeconds(20));
        assertThat(queue.take()).contains("a");
        queue.done("a");
        queue.add("end");
        assertThat(queue.take()).contains("end");
    }

    @Test
    void failedKeyComesAfterItsPauseAndSuccessForgetsFailures() throws InterruptedException {
        queue.addFailed("a");
        advance(WorkQueue.BACKOFF.first());
        assertThat(queue.take()).contains("a");
        queue.forget("a");
        queue.done("a");
        queue.addFailed("a");
        advance(WorkQueue.BACKOFF.first());
        assertThat(queue.take()).contains("a");
    }

    @Test
    void waitingWorkerWakesForANewKey() throws Exception {
        WorkQueue<String> real = new WorkQueue<>();
        var taken = new java.util.concurrent.CompletableFuture<Optional<String>>();
        Thread worker = Thread.ofVirtual().start(() -> {
            try {
                taken.complete(real.take());
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        real.addAfter("a", Duration.ofMillis(1));
        assertThat(taken.get()).contains("a");
        worker.join();
    }

    private void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
