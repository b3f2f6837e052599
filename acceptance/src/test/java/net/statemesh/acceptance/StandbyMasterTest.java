// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A second master beside the one in the API server's process, with the rights of a master and no more. */
@Tag("acceptance")
class StandbyMasterTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static TestZone zone;
    private static Process standby;
    private static Path log;

    @BeforeAll
    static void startZoneWithTwoMasters() throws IOException {
        zone = new TestZone();
        zone.up();
        log = zone.home().resolve("controllers.log");
        ProcessBuilder second = new ProcessBuilder(
                        Shell.statemesh(),
                        "run",
                        "controllers",
                        "--kubeconfig",
                        zone.folder().resolve("master/kubeconfig").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        second.environment().put("STATEMESH_NO_BUILD", "1");
        standby = second.start();
    }

    @AfterAll
    static void removeZone() {
        standby.destroyForcibly().onExit().join();
        zone.close();
    }

    @Test
    void decisionsGoOnWhenTheProcessOfTheApiServerIsKilledAndTheHistoryTellsOfThem() throws IOException {
        List<String> before = Replicas.containers(zone);
        long killed = zone.pid("master");
        assertThat(zone.shell().run("kill", "-9", Long.toString(killed)).exitCode())
                .isZero();
        await().atMost(LIMIT).ignoreExceptions().until(() -> zone.pid("master") > 0 && zone.pid("master") != killed);
        await().atMost(LIMIT)
                .until(() -> zone.statemesh("apps", "scale", "hello", "3").exitCode() == 0);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Replicas.readyOn(zone, "hello")).hasSize(3));
        assertThat(Replicas.containers(zone)).containsAll(before);
        assertThat(holder()).isNotEmpty();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                zone.statemesh("apps", "history", "hello").out())
                        .contains("ReplicaCreated", "statemesh:master"));
        assertThat(Files.readString(log)).as("the second master's log").doesNotContain("SEVERE", "forbidden");
        assertThat(standby.isAlive()).isTrue();
    }

    private static String holder() {
        return zone.kubectl(
                        "get",
                        "lease",
                        "-n",
                        "statemesh-system",
                        "statemesh-master",
                        "-o",
                        "jsonpath={.spec.holderIdentity}")
                .out()
                .strip();
    }
}
