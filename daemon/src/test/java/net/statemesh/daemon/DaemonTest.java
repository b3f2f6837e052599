// SPDX-License-Identifier: Apache-2.0
package net.statemesh.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DaemonTest {
    private static final Duration REST = Duration.ofSeconds(7);

    private final List<Duration> rests = new CopyOnWriteArrayList<>();

    @Test
    void everyKindOfFailureIsFollowedByAnotherTurn() throws InterruptedException {
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>(List.of(
                new IllegalStateException("client is closed"),
                new java.io.IOException("foreseen"),
                new StackOverflowError(),
                new InterruptedException("by nobody who closed"),
                new NoClassDefFoundError("gone")));
        CountDownLatch worked = new CountDownLatch(2);
        try (Daemon _ = Daemon.start(
                "test",
                Set.of(java.io.IOException.class),
                () -> {
                    Throwable failure = failures.poll();
                    if (failure != null) {
                        rethrow(failure);
                    }
                    worked.countDown();
                    return REST;
                },
                rests::add)) {
            worked.await();
        }
        assertThat(rests.subList(0, 6))
                .extracting(Duration::toMillis)
                .containsExactly(250L, 500L, 1_000L, 2_000L, 4_000L, REST.toMillis());
    }

    @Test
    void successStartsTheBackoffAnew() throws InterruptedException {
        BlockingQueue<Boolean> outcomes = new LinkedBlockingQueue<>(List.of(false, false, true, false, true));
        CountDownLatch over = new CountDownLatch(1);
        try (Daemon _ = Daemon.start(
                "test",
                Set.of(),
                () -> {
                    Boolean good = outcomes.poll();
                    if (good == null) {
                        over.countDown();
                        return REST;
                    }
                    if (!good) {
                        throw new IllegalArgumentException("bad turn");
                    }
                    return Duration.ZERO;
                },
                rests::add)) {
            over.await();
        }
        assertThat(rests.subList(0, 3)).extracting(Duration::toMillis).containsExactly(250L, 500L, 250L);
    }

    @Test
    void strayInterruptEndsNothing() throws InterruptedException {
        BlockingQueue<Thread> turns = new SynchronousQueue<>();
        try (Daemon _ = Daemon.start("test", Set.of(), () -> {
            turns.put(Thread.currentThread());
            return Duration.ofDays(1);
        })) {
            Thread loop = turns.take();
            loop.interrupt();
            assertThat(turns.take()).isSameAs(loop);
        }
    }

    @Test
    void closeEndsATurnThatWaitsAndTheLoopWithIt() throws InterruptedException {
        BlockingQueue<Thread> started = new LinkedBlockingQueue<>();
        Daemon daemon = Daemon.start("test", Set.of(), () -> {
            started.add(Thread.currentThread());
            new CountDownLatch(1).await();
            return Duration.ZERO;
        });
        Thread loop = started.take();
        daemon.close();
        loop.join();
        assertThat(started).isEmpty();
    }

    private static void rethrow(Throwable failure) throws Exception {
        switch (failure) {
            case Error error -> throw error;
            case Exception exception -> throw exception;
            default -> throw new AssertionError(failure);
        }
    }
}
