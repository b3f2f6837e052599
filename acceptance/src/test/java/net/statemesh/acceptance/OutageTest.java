// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import net.statemesh.load.SteadyRequests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process of the control plane is away for a while and then back, under a steady stream of requests: the master, API server
 * included, or the agent of a node that lives. How long is said by the system property {@code statemesh.outage.seconds}: 20 unless
 * it is given.
 */
@Tag("acceptance")
class OutageTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final int PER_SECOND = 200;
    private static final int WARM = 400;
    /** Requests after the return: long enough for controllers to do what they should not. */
    private static final int AFTERWARDS = 3_000;

    private static final long OUTAGE_SECONDS = Long.getLong("statemesh.outage.seconds", 20);
    private static final List<String> EVERYWHERE = List.of("node-1", "node-2", "node-3");

    private static TestZone zone;
    private static String url;

    @BeforeAll
    static void startZone() {
        zone = new TestZone();
        url = zone.up().path("example").path("url").asText();
        assertThat(zone.statemesh("apps", "scale", "hello", "3").exitCode()).isZero();
        await().atMost(LIMIT).until(() -> Replicas.readyOn(zone, "hello").equals(EVERYWHERE));
    }

    @AfterAll
    static void removeZone() {
        zone.close();
    }

    @Test
    void frozenMasterFailsNoRequestAndChangesNothingAfterwards() throws InterruptedException {
        List<String> before = objects("pods,applications,releases,projects");
        underLoad("master", requests -> {
            signal("master", "-STOP");
            try {
                awaitRequests(requests, OUTAGE_SECONDS * PER_SECOND);
            } finally {
                signal("master", "-CONT");
            }
        });
        assertThat(objects("pods,applications,releases,projects")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node-1", "node-2", "node-3"})
    void frozenAgentOfANodeThatLivesIsAwayAndNothingElseHappens(String node) throws InterruptedException {
        List<String> before = objects("pods,releases,projects");
        underLoad("frozen agent of " + node, requests -> {
            signal("agent-" + node, "-STOP");
            try {
                assertIsAwayAllTheTime(node, requests);
            } finally {
                signal("agent-" + node, "-CONT");
            }
            awaitReady(node);
        });
        assertThat(objects("pods,releases,projects")).isEqualTo(before);
    }

    @Test
    void deadAgentOfANodeThatLivesIsAwayAndNothingElseHappens() throws InterruptedException {
        List<String> before = objects("pods,releases,projects");
        underLoad("dead agent of node-2", requests -> {
            // it would start the agent again at once
            signal("supervisor", "-STOP");
            try {
                signal("agent-node-2", "-KILL");
                assertIsAwayAllTheTime("node-2", requests);
            } finally {
                signal("supervisor", "-CONT");
            }
            awaitReady("node-2");
        });
        assertThat(objects("pods,releases,projects")).isEqualTo(before);
    }

    private interface Outage {
        void happen(SteadyRequests requests);
    }

    private static void underLoad(String what, Outage outage) throws InterruptedException {
        List<String> containers = Replicas.containers(zone);
        try (SteadyRequests requests = zone.requests(url, PER_SECOND)) {
            await().atMost(LIMIT).until(() -> requests.answered() > WARM);
            outage.happen(requests);
            await().atMost(LIMIT).until(() -> zone.statemesh("status").exitCode() == 0);
            awaitRequests(requests, AFTERWARDS);
            requests.finish();
            System.out.println("outage of " + what + " " + OUTAGE_SECONDS + " s, requests "
                    + requests.outcomes().size() + ", failed "
                    + requests.failures().size());
            assertThat(requests.failures()).isEmpty();
        }
        assertThat(Replicas.containers(zone)).isEqualTo(containers);
    }

    private static void awaitRequests(SteadyRequests requests, long more) {
        long wanted = requests.outcomes().size() + more;
        await().pollInterval(LOOK)
                .atMost(LIMIT.plusSeconds(more / PER_SECOND))
                .until(() -> requests.outcomes().size() >= wanted);
    }

    private static void assertIsAwayAllTheTime(String node, SteadyRequests requests) {
        await().atMost(LIMIT).until(() -> readiness(node).equals("Unknown NodeAgentAway"));
        long wanted = requests.outcomes().size() + OUTAGE_SECONDS * PER_SECOND;
        await().pollInterval(LOOK)
                .atMost(LIMIT.plusSeconds(OUTAGE_SECONDS))
                .failFast(() -> assertThat(readiness(node)).isEqualTo("Unknown NodeAgentAway"))
                .until(() -> requests.outcomes().size() >= wanted);
    }

    private static void awaitReady(String node) {
        await().atMost(LIMIT).until(() -> readiness(node).startsWith("True"));
    }

    private static String readiness(String node) {
        String ready = "{.status.conditions[?(@.type=='Ready')]";
        return zone.kubectl("get", "node", node, "-o", "jsonpath=" + ready + ".status} " + ready + ".reason}")
                .out();
    }

    private static void signal(String component, String signal) {
        Shell.Result result = zone.shell().run("kill", signal, Long.toString(zone.pid(component)));
        assertThat(result.exitCode()).as(result.all()).isZero();
    }

    /** Kind, name, uid and resource version of these: the same list means that nothing was written. */
    private static List<String> objects(String kinds) {
        JsonNode list =
                TestZone.json(zone.kubectl("get", kinds, "-A", "-o", "json").out());
        return list.path("items")
                .valueStream()
                .map(object -> object.path("kind").asText() + " "
                        + object.at("/metadata/name").asText() + " "
                        + object.at("/metadata/uid").asText() + " "
                        + object.at("/metadata/resourceVersion").asText())
                .sorted()
                .toList();
    }
}
