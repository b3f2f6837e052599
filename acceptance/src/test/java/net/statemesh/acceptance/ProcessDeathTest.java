// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import net.statemesh.load.SteadyRequests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The control plane may die; nothing a customer runs may. Under a steady stream of requests. */
@Tag("acceptance")
class ProcessDeathTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int REQUESTS_PER_SECOND = 50;
    private static final int REQUESTS_AFTERWARDS = 100;

    private static TestZone zone;
    private static String url;

    @BeforeAll
    static void startZone() {
        zone = new TestZone();
        url = zone.up().path("example").path("url").asText();
    }

    @AfterAll
    static void removeZone() {
        zone.close();
    }

    @Test
    void killedMasterStopsNoRequestAndNoContainer() {
        assertNothingStops("master");
    }

    @Test
    void killedAgentStopsNoRequestAndNoContainer() {
        assertNothingStops("agent-node-1");
    }

    @Test
    void killedContainerdStopsNoRequestAndNoContainer() {
        assertNothingStops("containerd-node-1");
    }

    @Test
    void killedRouterServesAgainWithoutContainersBeingTouched() {
        List<String> before = Replicas.containers(zone);
        kill("ingress");
        ZoneLifecycleTest.assertServes(zone, url);
        assertThat(Replicas.containers(zone)).isEqualTo(before);
    }

    private static void assertNothingStops(String component) {
        List<String> before = Replicas.containers(zone);
        try (SteadyRequests requests = zone.requests(url, REQUESTS_PER_SECOND)) {
            await().atMost(LIMIT).until(() -> requests.answered() > REQUESTS_AFTERWARDS);
            kill(component);
            await().atMost(LIMIT).until(() -> zone.statemesh("status").exitCode() == 0);
            long ready = requests.answered();
            await().atMost(LIMIT).until(() -> requests.answered() > ready + REQUESTS_AFTERWARDS);
            assertThat(requests.failures()).isEmpty();
        }
        assertThat(Replicas.containers(zone)).isEqualTo(before);
    }

    private static void kill(String component) {
        long pid = zone.pid(component);
        assertThat(zone.shell().run("kill", "-9", Long.toString(pid)).exitCode())
                .isZero();
        await().atMost(LIMIT).ignoreExceptions().until(() -> zone.pid(component) > 0 && zone.pid(component) != pid);
    }
}
