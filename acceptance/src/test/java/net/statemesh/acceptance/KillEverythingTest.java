// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("acceptance")
class KillEverythingTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static TestZone zone;
    private static String url;

    @BeforeAll
    static void startZone() {
        zone = new TestZone();
        url = zone.up("--nodes", "2").path("example").path("url").asText();
    }

    @AfterAll
    static void removeZone() {
        zone.close();
    }

    @Test
    void upAfterEveryProcessWasKilledEndsReady() {
        List<Long> before = zone.recordedPids();
        before.forEach(pid -> zone.shell().run("kill", "-9", Long.toString(pid)));

        JsonNode up = zone.up();
        assertThat(up.path("example").path("url").asText()).isEqualTo(url);
        ZoneLifecycleTest.assertServes(zone, url);
        assertThat(zone.recordedPids()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void deadSupervisorStopsNothingAndUpBringsItBack() {
        long supervisor = zone.pid("supervisor");
        long master = zone.pid("master");
        zone.shell().run("kill", "-9", Long.toString(supervisor));

        Shell.Result status = zone.statemesh("status");
        assertThat(status.exitCode()).isEqualTo(2);
        assertThat(status.out()).contains("supervisor does not run").contains("statemesh up");
        ZoneLifecycleTest.assertServes(zone, url);

        zone.up();
        assertThat(zone.pid("supervisor")).isNotEqualTo(supervisor);
        assertThat(zone.pid("master")).isEqualTo(master);
        assertThat(zone.statemesh("status").exitCode()).isZero();
    }

    @Test
    void whatDiesIsStartedAgainWithTheReasonKept() {
        long registry = zone.pid("registry");
        zone.shell().run("kill", "-9", Long.toString(registry));
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> zone.pid("registry") > 0 && zone.pid("registry") != registry);

        JsonNode status = TestZone.json(zone.statemesh("status", "-o", "json").out());
        JsonNode component = status.path("components")
                .valueStream()
                .filter(one -> one.path("name").asText().equals("registry"))
                .findFirst()
                .orElseThrow();
        assertThat(component.path("restarts").asInt()).isPositive();
        assertThat(component.path("lastExit").asText()).isNotEmpty();
    }
}
