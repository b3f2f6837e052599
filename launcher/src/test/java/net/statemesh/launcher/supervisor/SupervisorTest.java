// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.process.ProcessTable;
import net.statemesh.launcher.process.Termination;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes: what they are is not important, that they are processes of this machine is. */
class SupervisorTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path root;

    private ZoneFolder folder;

    @BeforeEach
    void makeFolders() throws IOException {
        folder = new ZoneFolder(root);
        Files.createDirectories(folder.run());
        Files.createDirectories(folder.logs());
    }

    @AfterEach
    void endProcesses() throws IOException {
        for (String component : List.of("sleeper", "failing", "waiting")) {
            JsonFile.read(folder.componentRecord(component), ComponentRecord.class)
                    .filter(ComponentRecord::isAlive)
                    .ifPresent(record ->
                            assertThat(Termination.kill(record.process())).isTrue());
        }
    }

    @Test
    void killedProcessIsStartedAgainAndTheReasonIsKept() throws IOException {
        try (Supervisor _ = supervise(component("sleeper", List.of("sleep", "1000")))) {
            ComponentRecord first = awaitRunning("sleeper", 0);
            assertThat(Termination.kill(first.process())).isTrue();

            ComponentRecord second = awaitRunning("sleeper", 1);
            assertThat(second.process()).isNotEqualTo(first.process());
            assertThat(second.exit().orElseThrow().reason()).contains("SIGKILL");
        }
    }

    @Test
    void endOfTheSupervisorStopsNothingAndTheNextOneTakesOver() throws IOException {
        ComponentSpec spec = component("sleeper", List.of("sleep", "1000"));
        ComponentRecord first;
        try (Supervisor _ = supervise(spec)) {
            first = awaitRunning("sleeper", 0);
        }
        assertThat(ProcessTable.isAlive(first.process())).isTrue();

        try (Supervisor _ = supervise(spec)) {
            assertThat(Termination.kill(first.process())).isTrue();
            ComponentRecord second = awaitRunning("sleeper", 1);
            assertThat(second.exit().orElseThrow().reason()).isEqualTo(ExitReason.UNKNOWN);
        }
    }

    @Test
    void processWithoutPowerIsStartedOnceItHasPower() throws IOException {
        Files.write(folder.powerOff("sleeper"), new byte[0]);
        try (Supervisor _ = supervise(
                component("sleeper", List.of("sleep", "1000")), component("waiting", List.of("sleep", "1000")))) {
            awaitRunning("waiting", 0);
            assertThat(ComponentRecord.read(folder, "sleeper").filter(ComponentRecord::isAlive))
                    .isEmpty();
            Files.delete(folder.powerOff("sleeper"));
            awaitRunning("sleeper", 0);
        }
    }

    @Test
    void recordOfAnotherProcessWithTheSamePidIsNotTakenOver() throws IOException {
        long ownPid = ProcessHandle.current().pid();
        JsonFile.write(
                folder.componentRecord("sleeper"),
                new ComponentRecord("sleeper", ownPid, 1, "2026-01-01T00:00:00Z", List.of("sleep"), 4, "1", null));
        try (Supervisor _ = supervise(component("sleeper", List.of("sleep", "1000")))) {
            assertThat(awaitRunning("sleeper", 0).pid()).isNotEqualTo(ownPid);
        }
    }

    @Test
    void processOfAnotherVersionIsReplaced() throws IOException {
        ComponentRecord first;
        try (Supervisor _ = supervise(component("sleeper", List.of("sleep", "1000"), "1"))) {
            first = awaitRunning("sleeper", 0);
        }
        try (Supervisor _ = supervise(component("sleeper", List.of("sleep", "1000"), "2"))) {
            assertThat(awaitRunning("sleeper", 0).version()).isEqualTo("2");
            assertThat(ProcessTable.isAlive(first.process())).isFalse();
        }
    }

    @Test
    void processThatNoRecordTellsOfIsNotStartedASecondTime() throws IOException {
        ComponentSpec spec = new ComponentSpec(
                "sleeper",
                List.of("sleep", "1000"),
                Map.of("PATH", "/usr/bin:/bin", ComponentSpec.ZONE_VARIABLE, root.toString()),
                List.of(),
                List.of(),
                "1");
        ComponentRecord first;
        try (Supervisor _ = supervise(spec)) {
            first = awaitRunning("sleeper", 0);
        }
        Files.delete(folder.componentRecord("sleeper"));

        try (Supervisor _ = supervise(spec)) {
            awaitRunning("sleeper", 0);
            assertThat(RunningComponent.find(spec)).hasSize(1).doesNotContain(first.process());
        }
    }

    @Test
    void damagedRecordDoesNotKeepAComponentFromStarting() throws IOException {
        Files.writeString(folder.componentRecord("sleeper"), "{ half");
        try (Supervisor _ = supervise(component("sleeper", List.of("sleep", "1000")))) {
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> record("sleeper").isAlive());
        }
    }

    @Test
    void processThatKeepsFailingIsTriedAgainWithItsExitCodeKept() throws IOException {
        try (Supervisor _ = supervise(component("failing", List.of("sh", "-c", "echo why; exit 3")))) {
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> record("failing").restarts() >= 2);
        }
        assertThat(record("failing").exit().orElseThrow().reason()).isEqualTo("exit code 3");
        assertThat(folder.log("failing")).content().contains("why\nwhy\n");
    }

    @Test
    void programThatDoesNotExistIsReportedAndTriedAgain() throws IOException {
        try (Supervisor _ = supervise(component("failing", List.of("/no/such/program")))) {
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .until(() -> record("failing").restarts() >= 1);
        }
        assertThat(folder.log("failing")).content().contains("/no/such/program");
    }

    @Test
    void componentWaitsUntilWhatItNeedsListens() throws IOException {
        Path socket = root.resolve("needed.sock");
        ComponentSpec waiting = new ComponentSpec(
                "waiting", List.of("sleep", "1000"), Map.of(), List.of(), List.of(socket.toString()), "1");
        try (Supervisor _ = supervise(waiting, component("sleeper", List.of("sleep", "1000")))) {
            awaitRunning("sleeper", 0);
            assertThat(folder.componentRecord("waiting")).doesNotExist();
            try (var listening = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
                listening.bind(java.net.UnixDomainSocketAddress.of(socket));
                awaitRunning("waiting", 0);
            }
        }
    }

    @Test
    void processKnowsOnlyTheEnvironmentItIsGiven() throws IOException {
        ComponentSpec spec = new ComponentSpec(
                "sleeper",
                List.of("sh", "-c", "env; exec sleep 1000"),
                Map.of("GIVEN", "1"),
                List.of(),
                List.of(),
                "1");
        try (Supervisor _ = supervise(spec)) {
            awaitRunning("sleeper", 0);
            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(Files.readString(folder.log("sleeper"))).contains("GIVEN=1"));
        }
        assertThat(Files.readString(folder.log("sleeper")))
                .doesNotContain("JAVA_HOME")
                .doesNotContain("USER");
    }

    private Supervisor supervise(ComponentSpec... specs) {
        Supervisor supervisor = new Supervisor(folder, Clock.systemUTC());
        supervisor.start(new SupervisorConfig(root.toString(), List.of(specs)), () -> {});
        return supervisor;
    }

    private static ComponentSpec component(String name, List<String> command) {
        return component(name, command, "1");
    }

    private static ComponentSpec component(String name, List<String> command, String version) {
        return new ComponentSpec(name, command, Map.of("PATH", "/usr/bin:/bin"), List.of(), List.of(), version);
    }

    private ComponentRecord awaitRunning(String component, int restarts) throws IOException {
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> record(component).isAlive() && record(component).restarts() == restarts);
        return record(component);
    }

    private ComponentRecord record(String component) throws IOException {
        return JsonFile.read(folder.componentRecord(component), ComponentRecord.class)
                .orElseThrow();
    }
}
