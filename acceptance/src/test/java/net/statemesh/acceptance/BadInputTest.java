// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user gets wrong before there is a zone: a clear error, the right exit code, nothing half-made. */
@Tag("acceptance")
class BadInputTest {
    private static final int DEFAULT_HTTPS_PORT = 8443;
    /** What `statemesh` itself and a zone need. */
    private static final List<String> PROGRAMS = List.of(
            "env",
            "bash",
            "realpath",
            "dpkg-query",
            "containerd",
            "containerd-shim-runc-v2",
            "runc",
            "busybox",
            "docker-registry",
            "catatonit",
            "ip",
            "iptables",
            "nsenter",
            "unshare",
            "setsid",
            "mount",
            "umount");

    @TempDir
    Path folder;

    @Test
    void occupiedPortIsNamedWithItsHolder() throws IOException {
        try (TestZone zone = new TestZone();
                ServerSocket holder = new ServerSocket(0)) {
            String port = Integer.toString(holder.getLocalPort());
            Shell.Result result = zone.statemesh("up", "--detach", "--https-port", port);
            assertRefused(zone, result, 1, "SM-UP-003");
            assertThat(result.err()).contains("port " + port).contains("pid ").contains("--https-port");
        }
    }

    @Test
    void occupiedDefaultPortIsNamedWithItsHolder() throws IOException {
        try (TestZone zone = new TestZone();
                ServerSocket _ = new ServerSocket(DEFAULT_HTTPS_PORT)) {
            Shell.Result result = zone.statemesh("up", "--detach");
            assertRefused(zone, result, 1, "SM-UP-003");
            assertThat(result.err())
                    .contains("port " + DEFAULT_HTTPS_PORT)
                    .contains("pid ")
                    .contains("--https-port");
        }
    }

    @Test
    void withoutRootNothingIsStarted() throws IOException {
        try (TestZone zone = new TestZone()) {
            Shell.Result result = new Shell()
                    .with("HOME", "/tmp")
                    .run(
                            "setpriv",
                            "--reuid=65534",
                            "--regid=65534",
                            "--clear-groups",
                            Shell.statemesh(),
                            "up",
                            "--detach",
                            "--data",
                            zone.folder().toString());
            assertRefused(zone, result, 4, "SM-UP-001");
            assertThat(result.err()).contains("root").contains("sudo");
        }
    }

    @Test
    void missingPackageIsListedWhenNothingMayBeInstalled() throws IOException {
        try (TestZone zone = new TestZone()) {
            Path programs = Files.createDirectory(folder.resolve("bin"));
            linkAllProgramsBut(programs, "containerd");
            Shell.Result result = zone.shell()
                    .with("PATH", programs.toString())
                    .run(Shell.statemesh(), "up", "--detach", "--no-install", "-o", "json");
            assertRefused(zone, result, 1, "SM-UP-002");
            assertThat(result.err()).contains("containerd").contains("apt-get install");
            JsonNode error = TestZone.json(result.out()).path("error");
            assertThat(error.path("code").asText()).isEqualTo("SM-UP-002");
            assertThat(error.path("exitCode").asInt()).isEqualTo(1);
        }
    }

    @Test
    void numberOfNodesOutOfRangeIsRefusedWithWhatIsAccepted() throws IOException {
        try (TestZone zone = new TestZone()) {
            for (String nodes : List.of("0", "-1", "21")) {
                Shell.Result result = zone.statemesh("up", "--detach", "--nodes", nodes);
                assertRefused(zone, result, 1, "SM-UP-005");
                assertThat(result.err()).contains("--nodes").contains("1 to 20");
            }
        }
    }

    @Test
    void wordThatIsNoNumberIsRefusedByName() throws IOException {
        try (TestZone zone = new TestZone()) {
            Shell.Result result = zone.statemesh("up", "--https-port", "https");
            assertRefused(zone, result, 1, "SM-CLI-001");
            assertThat(result.err()).contains("--https-port").contains("https");
        }
    }

    @Test
    void purgeOfAFolderThatIsNoZoneRemovesNothing() throws IOException {
        Path precious = Files.createDirectories(folder.resolve("precious"));
        Files.writeString(precious.resolve("thesis.txt"), "years");
        Shell.Result result =
                new Shell().run(Shell.statemesh(), "down", "--purge", "--yes", "--data", precious.toString());
        assertThat(result.exitCode()).as(result.all()).isEqualTo(1);
        assertThat(result.err()).contains("SM-DOWN-003");
        assertThat(precious.resolve("thesis.txt")).hasContent("years");
    }

    @Test
    void statusAndDoctorWorkWithoutAZone() {
        try (TestZone zone = new TestZone()) {
            Shell.Result status = zone.statemesh("status");
            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(status.err()).contains("SM-ZONE-002").contains("statemesh up");
            Shell.Result doctor = zone.statemesh("doctor", "-o", "json");
            assertThat(doctor.exitCode()).as(doctor.all()).isZero();
            assertThat(TestZone.json(doctor.out()))
                    .extracting(finding -> finding.path("subject").asText())
                    .contains("packages", "kernel", "disk", "leftovers", "zone");
        }
    }

    private static void assertRefused(TestZone zone, Shell.Result result, int exitCode, String code)
            throws IOException {
        assertThat(result.exitCode()).as(result.all()).isEqualTo(exitCode);
        assertThat(result.err()).contains("error " + code).doesNotContain("\tat ");
        assertThat(zone.folder()).doesNotExist();
        try (Stream<Path> left = Files.list(zone.home())) {
            assertThat(left).isEmpty();
        }
    }

    private static void linkAllProgramsBut(Path programs, String without) throws IOException {
        for (String program : PROGRAMS) {
            Path target = Stream.of("/usr/sbin", "/usr/bin")
                    .map(part -> Path.of(part, program))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            if (!program.equals(without)) {
                Files.createSymbolicLink(programs.resolve(program), target);
            }
        }
    }
}
