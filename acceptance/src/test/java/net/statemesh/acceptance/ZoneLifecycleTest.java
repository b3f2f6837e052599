// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("acceptance")
class ZoneLifecycleTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void zoneComesUpServesGoesDownComesBackAndLeavesNothing() throws IOException {
        try (TestZone zone = new TestZone()) {
            JsonNode up = zone.up();
            assertThat(up.path("zone").asText()).isEqualTo("local-1");
            assertThat(up.path("httpsPort").asInt()).isEqualTo(zone.httpsPort());
            assertThat(up.path("nodes")).hasSize(3);
            assertThat(up.path("kubeconfig").asText())
                    .isEqualTo(zone.folder().resolve("kubeconfig").toString());
            assertThat(up.path("example").path("name").asText()).isEqualTo("hello");
            String url = up.path("example").path("url").asText();
            assertServes(zone, url);

            int network = networkOf(zone);
            assertThat(MachineState.of(zone.folder(), network).processes()).isNotEmpty();

            JsonNode again = zone.up();
            assertThat(again).isEqualTo(up);

            assertThat(zone.statemesh("down").exitCode()).isZero();
            MachineState stopped = MachineState.of(zone.folder(), network);
            assertThat(stopped.processes()).isEmpty();
            assertThat(stopped.mounts()).isEmpty();
            assertThat(Files.exists(zone.folder().resolve("zone.json"))).isTrue();

            assertThat(zone.up().path("example").path("url").asText()).isEqualTo(url);
            assertServes(zone, url);

            Shell.Result purge = zone.statemesh("down", "--purge", "--yes");
            assertThat(purge.exitCode()).as(purge.all()).isZero();
            assertThat(MachineState.of(zone.folder(), network))
                    .satisfies(left ->
                            assertThat(left.isEmpty()).as(left.toString()).isTrue());
            assertThat(zone.folder()).doesNotExist();
        }
    }

    @Test
    void purgeFindsEverythingWithADamagedZoneFileAndAfterACrash() throws IOException {
        try (TestZone zone = new TestZone()) {
            zone.up("--nodes", "1");
            int network = networkOf(zone);
            zone.recordedPids().forEach(pid -> zone.shell().run("kill", "-9", Long.toString(pid)));
            Files.writeString(zone.folder().resolve("zone.json"), "{ half a file");

            Shell.Result purge = zone.statemesh("down", "--purge", "--yes");
            assertThat(purge.exitCode()).as(purge.all()).isZero();
            assertThat(MachineState.of(zone.folder(), network))
                    .satisfies(left ->
                            assertThat(left.isEmpty()).as(left.toString()).isTrue());
            assertThat(zone.folder()).doesNotExist();
        }
    }

    @Test
    void twoZonesLiveSideBySide() throws IOException {
        try (TestZone one = new TestZone();
                TestZone other = new TestZone()) {
            String first = one.up("--nodes", "1").path("example").path("url").asText();
            String second = other.up("--nodes", "1", "--zone", "local-2")
                    .path("example")
                    .path("url")
                    .asText();
            assertThat(networkOf(one)).isNotEqualTo(networkOf(other));
            assertThat(second).contains(".local-2.");
            assertServes(one, first);
            assertServes(other, second);
            assertThat(one.statemesh("down", "--purge", "--yes").exitCode()).isZero();
            assertServes(other, second);
        }
    }

    static void assertServes(TestZone zone, String url) {
        await().atMost(LIMIT).untilAsserted(() -> {
            Shell.Result answer = zone.curl(url);
            assertThat(answer.exitCode()).as(answer.all()).isZero();
            assertThat(answer.out()).contains("Hello from StateMesh");
        });
    }

    static int networkOf(TestZone zone) throws IOException {
        return TestZone.json(Files.readString(zone.folder().resolve("zone.json")))
                .path("network")
                .asInt();
    }
}
