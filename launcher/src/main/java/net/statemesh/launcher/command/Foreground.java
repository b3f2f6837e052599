// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Session;
import net.statemesh.launcher.down.Down;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.supervisor.ComponentRecord;
import net.statemesh.launcher.up.ZoneLock;

/** Without {@code --detach}: says what changes in the zone until Ctrl-C, which stops it. */
final class Foreground {
    private static final String RECORD = ".json";

    private final ZoneFolder folder;
    private final Session session;
    private final Map<String, Long> pids = new HashMap<>();

    Foreground(ZoneFolder folder, Session session) {
        this.folder = folder;
        this.session = session;
    }

    void watch() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopZone, "stop-zone"));
        session.console().progress("  Ctrl-C stops the zone; `statemesh up --detach` lets it run on.");
        try (WatchService changes = folder.root().getFileSystem().newWatchService()) {
            folder.run().register(changes, ENTRY_CREATE, ENTRY_MODIFY);
            while (!Thread.currentThread().isInterrupted()) {
                WatchKey key = changes.take();
                for (WatchEvent<?> event : key.pollEvents()) {
                    if (event.context() instanceof Path name && name.toString().endsWith(RECORD)) {
                        report(name.toString().substring(0, name.toString().length() - RECORD.length()));
                    }
                }
                key.reset();
            }
        }
    }

    private void report(String component) throws IOException {
        ComponentRecord.read(folder, component).ifPresent(record -> {
            Long before = pids.put(component, record.pid());
            if (record.pid() == 0) {
                session.console()
                        .progress("  ! " + component + " "
                                + record.exit()
                                        .map(ComponentRecord.Exit::reason)
                                        .orElse("ended"));
            } else if (before == null || before != record.pid()) {
                session.console().done(component + " runs again, pid " + record.pid());
            }
        });
    }

    private void stopZone() {
        session.console().progress("  stopping the zone");
        try (ZoneLock _ = ZoneLock.take(folder)) {
            new Down(folder).run();
        } catch (IOException | StateMeshException e) {
            session.console().progress("  the zone could not be stopped: " + e.getMessage());
        }
    }
}
