// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Ctrl-C or a polite kill, noticed by the work, which then has some seconds to put its checkpoint down. */
final class StopRequest implements BooleanSupplier, AutoCloseable {
    private static final long GRACE_SECONDS = 20;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "vdf-stop");
    private volatile boolean stopped;

    StopRequest() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public boolean getAsBoolean() {
        return stopped;
    }

    /** The work is over, with or without a result. */
    @Override
    public void close() {
        finished.countDown();
        if (!stopped) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                return; // the process is ending: the hook runs and finds the work finished
            }
        }
    }

    private void stop() {
        stopped = true;
        try {
            if (!finished.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                return; // the last periodic checkpoint stays
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
