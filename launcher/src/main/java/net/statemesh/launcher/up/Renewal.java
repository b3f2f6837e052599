// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.statemesh.launcher.component.ComponentFiles;
import net.statemesh.launcher.component.ComponentNames;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.pki.ZonePki;
import net.statemesh.launcher.process.Termination;
import net.statemesh.launcher.supervisor.ComponentRecord;

/**
 * Renews certificates before they end. A process reads its certificate when it starts, so those that got a new one are ended, and
 * the supervisor starts them again; what customers run goes on.
 */
public final class Renewal {
    private static final Logger LOG = Logger.getLogger(Renewal.class.getName());
    private static final long GRACE_MILLIS = 10_000;

    private final ZoneFolder folder;
    private final Clock clock;

    public Renewal(ZoneFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Looks at every certificate; does nothing while all of them are good for long enough. */
    public void run() {
        try {
            Optional<ZoneRecord> zone = JsonFile.read(folder.zoneJson(), ZoneRecord.class);
            if (zone.isPresent()) {
                run(zone.get());
            }
        } catch (IOException e) {
            LOG.log(Level.SEVERE, "event=certificates-not-renewed", e);
        }
    }

    void run(ZoneRecord zone) throws IOException {
        new ZonePki(folder, zone, clock, new SecureRandom()).ensure();
        long nodeBytes = NodeShare.memoryBytes(zone.nodes().size());
        new ComponentFiles(folder, zone, NodeShare.podBytes(nodeBytes)).write();
        for (ComponentRecord outdated : outdated(zone)) {
            boolean gone = Termination.end(outdated.process(), GRACE_MILLIS);
            LOG.log(Level.INFO, "component={0} event=certificate-renewed ended={1}", new Object[] {outdated.name(), gone
            });
        }
    }

    /** Processes that started before their certificate was written, in this pass or in one that was cut off. */
    List<ComponentRecord> outdated(ZoneRecord zone) throws IOException {
        Map<String, ComponentRecord> outdated = new LinkedHashMap<>();
        for (String identity : ZonePki.identities(zone)) {
            Instant written =
                    Files.getLastModifiedTime(folder.certificate(identity)).toInstant();
            Optional<String> component = componentOf(identity);
            if (component.isPresent()) {
                ComponentRecord.read(folder, component.get())
                        .filter(ComponentRecord::isAlive)
                        .filter(record -> Instant.parse(record.since()).isBefore(written))
                        .ifPresent(record -> outdated.put(record.name(), record));
            }
        }
        return List.copyOf(outdated.values());
    }

    /** The process that shows an identity; none for people's. */
    private static Optional<String> componentOf(String identity) {
        return switch (identity) {
            case "admin" -> Optional.empty();
            case "api-server" -> Optional.of(ComponentNames.MASTER);
            case ComponentNames.MASTER, ComponentNames.INGRESS, ComponentNames.REGISTRY -> Optional.of(identity);
            default -> Optional.of(ComponentNames.agent(identity));
        };
    }
}
