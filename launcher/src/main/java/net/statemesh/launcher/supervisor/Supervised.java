// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.process.DetachedProcess;
import net.statemesh.launcher.process.ProcessIdentity;
import net.statemesh.launcher.process.ProcessTable;

/** One component and its process. Every method runs on the one thread of the supervisor. */
final class Supervised {
    private static final Logger LOG = Logger.getLogger(Supervised.class.getName());
    private static final long NEEDS_POLL_MILLIS = 50;

    private final ComponentSpec spec;
    private final ZoneFolder folder;
    private final ScheduledExecutorService loop;
    private final Clock clock;
    private ComponentRecord record;
    private Backoff backoff = Backoff.FRESH;
    private boolean startedBefore;

    Supervised(ComponentSpec spec, ZoneFolder folder, ScheduledExecutorService loop, Clock clock) {
        this.spec = spec;
        this.folder = folder;
        this.loop = loop;
        this.clock = clock;
        this.record = new ComponentRecord(spec.name(), 0, 0, clock.instant().toString(), spec.command(), 0, null);
    }

    /** Takes over a process that still runs from before, or starts one. */
    void adoptOrStart() throws IOException {
        Optional<ComponentRecord> earlier = ComponentRecord.read(folder, spec.name());
        if (earlier.isPresent() && earlier.get().isAlive()) {
            record = earlier.get();
            startedBefore = true;
            Future<?> _ = ProcessHandle.of(record.pid())
                    .<CompletableFuture<?>>map(ProcessHandle::onExit)
                    .orElseGet(() -> CompletableFuture.completedFuture(null))
                    .thenRun(() -> later(0, () -> ended(ExitReason.UNKNOWN)));
            LOG.log(Level.INFO, "component={0} event=adopted pid={1,number,#}", new Object[] {spec.name(), record.pid()
            });
        } else {
            startWhenNeedsAreMet();
        }
    }

    private void startWhenNeedsAreMet() {
        if (spec.needs().stream().allMatch(Listening::at)) {
            start();
        } else {
            later(NEEDS_POLL_MILLIS, this::startWhenNeedsAreMet);
        }
    }

    private void start() {
        int restarts = startedBefore ? record.restarts() + 1 : 0;
        startedBefore = true;
        try {
            Process process = DetachedProcess.start(
                    spec.command(), spec.environment(), spec.membershipFiles(), folder.log(spec.name()));
            ProcessIdentity identity =
                    ProcessTable.identify(process.pid()).orElse(new ProcessIdentity(process.pid(), 0));
            record = new ComponentRecord(
                    spec.name(),
                    identity.pid(),
                    identity.startTicks(),
                    clock.instant().toString(),
                    spec.command(),
                    restarts,
                    record.lastExit());
            Future<?> _ = process.onExit().thenAccept(ended -> later(0, () -> ended(ExitReason.of(ended.exitValue()))));
            LOG.log(Level.INFO, "component={0} event=started pid={1,number,#}", new Object[] {
                spec.name(), identity.pid()
            });
            save();
        } catch (IOException e) {
            ended("could not be started: " + e.getMessage());
        }
    }

    private void ended(String reason) {
        Instant now = clock.instant();
        long lifeMillis = Duration.between(Instant.parse(record.since()), now).toMillis();
        backoff = backoff.afterLifeOf(lifeMillis);
        record = record.ended(new ComponentRecord.Exit(now.toString(), reason));
        save();
        LOG.log(Level.WARNING, "component={0} event=ended reason=\"{1}\" restart_in_ms={2,number,#}", new Object[] {
            spec.name(), reason, backoff.delayMillis()
        });
        later(backoff.delayMillis(), this::startWhenNeedsAreMet);
    }

    /** On the supervisor's thread; a step that fails is told, and does not end the supervisor. */
    private void later(long delayMillis, Runnable step) {
        Future<?> _ = loop.schedule(
                () -> {
                    try {
                        step.run();
                    } catch (RuntimeException e) {
                        LOG.log(Level.SEVERE, "component=" + spec.name() + " event=step-failed", e);
                    }
                },
                delayMillis,
                TimeUnit.MILLISECONDS);
    }

    private void save() {
        try {
            JsonFile.write(folder.componentRecord(spec.name()), record);
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "component=" + spec.name() + " event=record-not-written", e);
        }
    }
}
