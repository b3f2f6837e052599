// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How long a process of the zone lives: until SIGTERM, SIGINT or SIGHUP. What was opened after it is closed before it, and the
 * process waits for that.
 */
final class RoleLife implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RoleLife.class.getName());
    private static final long CLOSING_SECONDS = 10;

    private final CountDownLatch signalled = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();

    RoleLife() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::signal, "signal"));
    }

    void untilSignalled() throws InterruptedException {
        signalled.await();
    }

    /** The same, and it ends with what {@code part} failed with: the supervisor starts the process again. */
    void untilSignalledOrFailed(CompletableFuture<?> part) throws InterruptedException {
        CompletableFuture<?> _ = part.exceptionally(failure -> {
            failed.set(failure);
            signalled.countDown();
            return null;
        });
        signalled.await();
        Throwable failure = failed.get();
        if (failure != null) {
            throw new IllegalStateException("a part of this process could not start", failure);
        }
    }

    private void signal() {
        signalled.countDown();
        try {
            if (!closed.await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "event=closing-took-too-long limit_s={0}", CLOSING_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
