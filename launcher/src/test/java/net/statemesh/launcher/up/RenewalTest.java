// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.statemesh.launcher.component.ComponentNames;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.network.NetworkPlan;
import net.statemesh.launcher.pki.ZonePki;
import net.statemesh.launcher.process.ProcessIdentity;
import net.statemesh.launcher.process.ProcessTable;
import net.statemesh.launcher.supervisor.ComponentRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewalTest {
    @TempDir
    Path root;

    private final ZoneRecord zone = new ZoneRecord(
            "z", "statemesh.localhost", 1, 2, 3, 64, "10.64.0.1:5000", new NetworkPlan(64, 2).nodes(), List.of());
    private final Instant start = Instant.now();
    private ZoneFolder folder;
    private Renewal renewal;

    @BeforeEach
    void makeCertificatesAndThenProcesses() throws IOException {
        folder = new ZoneFolder(root);
        renewal = new Renewal(folder, Clock.systemUTC());
        new ZonePki(folder, zone, Clock.systemUTC(), new SecureRandom()).ensure();
        for (String component : List.of("master", "ingress", "registry", "agent-node-1", "agent-node-2")) {
            running(component, start.plus(Duration.ofMinutes(1)));
        }
    }

    @Test
    void nothingIsOutdatedWhileCertificatesAreOlderThanTheirProcesses() throws IOException {
        assertThat(renewal.outdated(zone)).isEmpty();
    }

    @Test
    void processesThatShowARenewedCertificateAreOutdated() throws IOException {
        for (String identity : List.of("admin", "api-server", "node-2")) {
            renewed(identity);
        }
        assertThat(renewal.outdated(zone))
                .extracting(ComponentRecord::name)
                .containsExactlyInAnyOrder(ComponentNames.MASTER, "agent-node-2");
    }

    private void renewed(String identity) throws IOException {
        Files.setLastModifiedTime(folder.certificate(identity), FileTime.from(start.plus(Duration.ofMinutes(2))));
    }

    /** This test's own process stands in for one that lives. */
    private void running(String component, Instant since) throws IOException {
        ProcessIdentity self =
                ProcessTable.identify(ProcessHandle.current().pid()).orElseThrow();
        Files.createDirectories(folder.run());
        JsonFile.write(
                folder.componentRecord(component),
                new ComponentRecord(
                        component, self.pid(), self.startTicks(), since.toString(), List.of("java"), 0, "1", null));
    }
}
