// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorkersTest {
    @Test
    @Timeout(60)
    void workThatWaitsForeverIsInterruptedWhenTheWorkersClose() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        WorkQueue<String> queue = new WorkQueue<>();
        Workers<String> workers = Workers.start("test", 1, queue, key -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        queue.add("key");
        started.await();

        workers.close(Duration.ofMillis(10));

        assertThat(interrupted.getCount()).isZero();
    }
}
