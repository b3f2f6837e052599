// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import java.io.IOException;
import java.nio.file.Files;
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
import net.statemesh.launcher.process.Termination;

/** One component and its process. Every method runs on the one thread of the supervisor. */
final class Supervised {
    private static final Logger LOG = Logger.getLogger(Supervised.class.getName());
    private static final long NEEDS_POLL_MILLIS = 50;
    private static final long POWER_POLL_MILLIS = 200;
    private static final long GRACE_MILLIS = 10_000;

    private final ComponentSpec spec;
    private final ZoneFolder folder;
    private final ScheduledExecutorService loop;
    private final Clock clock;
    private ComponentRecord record;
    private RestartPause pause = RestartPause.FRESH;
    private boolean startedBefore;

    Supervised(ComponentSpec spec, ZoneFolder folder, ScheduledExecutorService loop, Clock clock) {
        this.spec = spec;
        this.folder = folder;
        this.loop = loop;
        this.clock = clock;
        this.record = ComponentRecord.waiting(spec, clock.instant());
    }

    /** Takes over a process that still runs from before if it is what is wanted now, else starts one. */
    void adoptOrStart() throws IOException {
        Optional<ComponentRecord> known =
                ComponentRecord.read(folder, spec.name()).filter(ComponentRecord::isAlive);
        if (known.filter(running -> running.version().equals(spec.version())).isPresent()) {
            adopt(known.get());
            return;
        }
        if (known.isPresent()) {
            replace(known.get().process(), "another version was wanted");
        }
        for (ProcessIdentity unrecorded : RunningComponent.find(spec)) {
            replace(unrecorded, "nobody knew when it was started");
        }
        startWhenNeedsAreMet();
    }

    private void adopt(ComponentRecord running) {
        record = running;
        startedBefore = true;
        Future<?> _ = ProcessHandle.of(running.pid())
                .<CompletableFuture<?>>map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenRun(() -> later(0, () -> ended(ExitReason.UNKNOWN)));
        LOG.log(Level.INFO, "component={0} event=adopted pid={1,number,#}", new Object[] {spec.name(), running.pid()});
    }

    private void replace(ProcessIdentity process, String reason) {
        boolean gone = Termination.end(process, GRACE_MILLIS);
        record = record.ended(new ComponentRecord.Exit(clock.instant().toString(), reason));
        LOG.log(Level.INFO, "component={0} event=replaced pid={1,number,#} ended={2} reason=\"{3}\"", new Object[] {
            spec.name(), process.pid(), gone, reason
        });
    }

    private void startWhenNeedsAreMet() {
        if (Files.exists(folder.powerOff(spec.name()))) {
            pause = RestartPause.FRESH;
            later(POWER_POLL_MILLIS, this::startWhenNeedsAreMet);
        } else if (spec.needs().stream().allMatch(Listening::at)) {
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
            record = ComponentRecord.started(spec, process.pid(), clock.instant(), restarts, record.lastExit());
            Future<?> _ = process.onExit().thenAccept(ended -> later(0, () -> ended(ExitReason.of(ended.exitValue()))));
            LOG.log(Level.INFO, "component={0} event=started pid={1,number,#}", new Object[] {spec.name(), process.pid()
            });
            save();
        } catch (IOException e) {
            ended("could not be started: " + e.getMessage());
        }
    }

    private void ended(String reason) {
        Instant now = clock.instant();
        long lifeMillis = Duration.between(Instant.parse(record.since()), now).toMillis();
        pause = pause.afterLifeOf(lifeMillis);
        record = record.ended(new ComponentRecord.Exit(now.toString(), reason));
        save();
        LOG.log(Level.WARNING, "component={0} event=ended reason=\"{1}\" restart_in_ms={2,number,#}", new Object[] {
            spec.name(), reason, pause.delayMillis()
        });
        later(pause.delayMillis(), this::startWhenNeedsAreMet);
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
