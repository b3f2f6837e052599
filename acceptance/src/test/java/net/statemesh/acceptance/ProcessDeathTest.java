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

/** The control plane may die; nothing a customer runs may. Under a steady stream of requests. */
@Tag("acceptance")
class ProcessDeathTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int REQUESTS_AFTERWARDS = 50;

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
        List<String> before = containers();
        kill("ingress");
        ZoneLifecycleTest.assertServes(zone, url);
        assertThat(containers()).isEqualTo(before);
    }

    private static void assertNothingStops(String component) {
        List<String> before = containers();
        try (SteadyRequests requests = new SteadyRequests(zone, url)) {
            await().atMost(LIMIT).until(() -> requests.answered() > REQUESTS_AFTERWARDS);
            kill(component);
            await().atMost(LIMIT).until(() -> zone.statemesh("status").exitCode() == 0);
            long ready = requests.answered();
            await().atMost(LIMIT).until(() -> requests.answered() > ready + REQUESTS_AFTERWARDS);
            assertThat(requests.failures()).isEmpty();
        }
        assertThat(containers()).isEqualTo(before);
    }

    private static void kill(String component) {
        long pid = zone.pid(component);
        assertThat(zone.shell().run("kill", "-9", Long.toString(pid)).exitCode())
                .isZero();
        await().atMost(LIMIT).ignoreExceptions().until(() -> zone.pid(component) > 0 && zone.pid(component) != pid);
    }

    /** Container ids and restart counts of all pods: the same list means that nothing was touched. */
    private static List<String> containers() {
        JsonNode pods =
                TestZone.json(zone.kubectl("get", "pods", "-A", "-o", "json").out());
        return pods.path("items")
                .valueStream()
                .map(pod -> pod.path("metadata").path("name").asText() + " "
                        + pod.path("status")
                                .path("containerStatuses")
                                .path(0)
                                .path("containerID")
                                .asText()
                        + " restarts "
                        + pod.path("status")
                                .path("containerStatuses")
                                .path(0)
                                .path("restartCount")
                                .asInt())
                .sorted()
                .toList();
    }
}
