// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulingQueueTest {
    private final SchedulingQueue queue = new SchedulingQueue();

    @Test
    void mostImportantComesFirstThenTheOldest() {
        queue.add("low", -1);
        queue.add("first", 0);
        queue.add("second", 0);
        queue.add("high", 1);
        assertThat(drain(0)).containsExactly("high", "first", "second", "low");
    }

    @Test
    void parkedPodWaitsForWhatCouldHelpIt() {
        queue.add("a", 0);
        queue.add("b", 0);
        drain(0).forEach(key -> queue.park(key, 0, SchedulingQueue.MAX_PARKED_MILLIS));
        assertThat(queue.poll(1_000)).isEmpty();
        queue.wake("b"::equals, 1_000);
        assertThat(drain(1_000)).containsExactly("b");
    }

    @Test
    void parkedPodIsTriedAgainInTheEndWhateverHappens() {
        queue.add("a", 0);
        drain(0).forEach(key -> queue.park(key, 0, Long.MAX_VALUE));
        assertThat(queue.dueMillis(0)).contains(SchedulingQueue.MAX_PARKED_MILLIS);
        assertThat(queue.poll(SchedulingQueue.MAX_PARKED_MILLIS - 1)).isEmpty();
        assertThat(queue.poll(SchedulingQueue.MAX_PARKED_MILLIS)).contains("a");
    }

    @Test
    void pausesDoubleUpToABound() {
        queue.add("a", 0);
        List<Long> pauses = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 10; i++) {
            assertThat(queue.poll(now)).contains("a");
            queue.pause("a", now);
            long due = queue.dueMillis(now).orElseThrow();
            pauses.add(due - now);
            now = due;
        }
        assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L, 10_000L);
    }

    @Test
    void oneEventTriesFewAtOnceAndTheRestAfterTheirPause() {
        for (int i = 0; i < 20; i++) {
            queue.add("pod-" + i, i);
        }
        drain(0).forEach(key -> queue.park(key, 0, SchedulingQueue.MAX_PARKED_MILLIS));
        queue.wake(key -> true, 10);
        assertThat(drain(10))
                .hasSize(SchedulingQueue.AT_ONCE)
                .startsWith("pod-19", "pod-18")
                .endsWith("pod-12");
        assertThat(drain(SchedulingQueue.FIRST_BACKOFF_MILLIS)).hasSize(20 - SchedulingQueue.AT_ONCE);
    }

    @Test
    void removedPodDoesNotComeWhereverItWas() {
        queue.add("active", 0);
        queue.remove("active");
        queue.add("paused", 0);
        queue.poll(0).ifPresent(key -> queue.pause(key, 0));
        queue.remove("paused");
        queue.add("parked", 0);
        queue.poll(0).ifPresent(key -> queue.park(key, 0, 10));
        queue.remove("parked");
        assertThat(queue.dueMillis(0)).isEmpty();
        assertThat(drain(Long.MAX_VALUE / 2)).isEmpty();
    }

    private List<String> drain(long nowMillis) {
        List<String> keys = new ArrayList<>();
        for (Optional<String> key = queue.poll(nowMillis); key.isPresent(); key = queue.poll(nowMillis)) {
            keys.add(key.get());
        }
        return keys;
    }
}
