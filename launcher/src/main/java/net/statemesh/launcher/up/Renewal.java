// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
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
        List<String> renewed = new ZonePki(folder, zone, clock, new SecureRandom()).ensure();
        new ComponentFiles(folder, zone, NodeShare.memoryBytes(zone.nodes().size())).write();
        for (String component : componentsOf(renewed)) {
            Optional<ComponentRecord> running =
                    ComponentRecord.read(folder, component).filter(ComponentRecord::isAlive);
            if (running.isPresent()) {
                boolean gone = Termination.end(running.get().process(), GRACE_MILLIS);
                LOG.log(Level.INFO, "component={0} event=certificate-renewed ended={1}", new Object[] {component, gone
                });
            }
        }
    }

    /** Processes that show these identities. */
    static List<String> componentsOf(List<String> identities) {
        return identities.stream()
                .flatMap(identity -> switch (identity) {
                    case "admin" -> Stream.of();
                    case "api-server" -> Stream.of(ComponentNames.MASTER);
                    case ComponentNames.MASTER, ComponentNames.INGRESS, ComponentNames.REGISTRY -> Stream.of(identity);
                    default -> Stream.of(ComponentNames.agent(identity));
                })
                .distinct()
                .toList();
    }
}
