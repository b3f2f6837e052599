// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.statemesh.launcher.folder.ZoneFolder;

/**
 * Keeps the components of one zone running. It waits for ends of processes and does nothing in between. Its own end, by whatever
 * signal, stops nothing: the next one takes over what runs.
 */
public final class Supervisor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Supervisor.class.getName());
    private static final long ROTATION_SECONDS = 60;

    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("supervisor").factory());
    private final ZoneFolder folder;
    private final Clock clock;

    public Supervisor(ZoneFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Starts or takes over every component; what was taken over is watched from when this returns.
     *
     * @param daily what else is to be done once a day
     */
    public void start(SupervisorConfig config, Runnable daily) {
        for (ComponentSpec spec : config.components()) {
            Supervised component = new Supervised(spec, folder, loop, clock);
            CompletableFuture.runAsync(() -> adoptOrStart(component, spec), loop)
                    .join();
        }
        Future<?> _ =
                loop.scheduleWithFixedDelay(this::rotateLogs, ROTATION_SECONDS, ROTATION_SECONDS, TimeUnit.SECONDS);
        Future<?> _ = loop.scheduleWithFixedDelay(() -> guarded(daily), 1, 1, TimeUnit.DAYS);
    }

    private static void adoptOrStart(Supervised component, ComponentSpec spec) {
        try {
            component.adoptOrStart();
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "component=" + spec.name() + " event=not-started", e);
        }
    }

    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "event=daily-step-failed", e);
        }
    }

    private void rotateLogs() {
        try {
            LogRotation.rotate(folder.logs());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "event=logs-not-rotated", e);
        }
    }

    /** Stops watching; the components run on. */
    @Override
    public void close() {
        loop.shutdownNow();
    }
}
