// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.statemesh.load.SteadyRequests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A node without power is replaced and missed by nobody; a node behind a cut link is left alone. Under a steady stream of requests.
 * How long the link is cut is said by the system property {@code statemesh.cut.seconds}: 10, fifty heartbeats that the master
 * misses, unless it is given.
 */
@Tag("acceptance")
class NodeLossTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int PER_SECOND = 200;
    private static final int WARM = 400;
    private static final long CUT_SECONDS = Long.getLong("statemesh.cut.seconds", 10);
    private static final List<String> EVERYWHERE = List.of("node-1", "node-2", "node-3");

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

    @BeforeEach
    void oneReplicaOnEveryNode() {
        assertThat(zone.statemesh("apps", "scale", "hello", "3").exitCode()).isZero();
        await().atMost(LIMIT).until(() -> Replicas.readyOn(zone, "hello").equals(EVERYWHERE));
    }

    @Test
    void replicasOfANodeWithoutPowerServeElsewhereAndTheNodeComesBackClean() throws InterruptedException {
        List<String> before = Replicas.names(zone, "hello");
        try (SteadyRequests requests = zone.requests(url, PER_SECOND)) {
            await().atMost(LIMIT).until(() -> requests.answered() > WARM);
            assertThat(requests.failures()).isEmpty();

            JsonNode killed = done("dev", "node", "kill", "node-2", "-o", "json");
            assertThat(killed.path("power").asBoolean()).isFalse();
            Instant lost = Instant.parse(killed.path("since").asText());
            assertThat(waitForNode("node-2", "condition=Ready=false").exitCode())
                    .isZero();
            Instant verdict = Instant.now();
            assertThat(reason("node-2")).isEqualTo("NodeDead");

            await().atMost(LIMIT)
                    .until(() -> serving().size() == 3 && !serving().contains("node-2"));
            long replaced = requests.answered();
            await().atMost(LIMIT).until(() -> requests.answered() > replaced + WARM);
            requests.finish();
            assertThat(requests.failures())
                    .allSatisfy(failure -> assertThat(failure.sentAt()).isBetween(lost, verdict));
        }
        assertThat(events("NodeDead", "node-2")).contains("reached nothing");

        done("dev", "node", "start", "node-2", "-o", "json");
        assertThat(waitForNode("node-2", "condition=Ready=true").exitCode()).isZero();
        await().atMost(LIMIT).until(() -> !events("NodeReturned", "node-2").isEmpty());
        assertThat(Replicas.names(zone, "hello")).hasSize(3).isNotEqualTo(before);
        assertThat(zone.statemesh("apps", "scale", "hello", "4").exitCode()).isZero();
        await().atMost(LIMIT).until(() -> serving().contains("node-2"));
        assertThat(zone.statemesh("status").exitCode()).isZero();
    }

    @Test
    void nothingIsTouchedOnANodeWhoseLinkToTheMasterIsCut() {
        List<String> before = Replicas.containers(zone);
        try (SteadyRequests requests = zone.requests(url, PER_SECOND)) {
            await().atMost(LIMIT).until(() -> requests.answered() > WARM);
            done("dev", "node", "isolate", "node-3", "--from", "master", "-o", "json");
            await().atMost(LIMIT).until(() -> reason("node-3").equals("NodeLinkCut"));
            long cut = requests.answered();
            await().pollInterval(Duration.ofSeconds(1))
                    .atMost(LIMIT.plusSeconds(CUT_SECONDS))
                    .failFast(() -> assertThat(reason("node-3")).isEqualTo("NodeLinkCut"))
                    .until(() -> requests.answered() > cut + CUT_SECONDS * PER_SECOND);
            assertThat(reason("node-3")).isEqualTo("NodeLinkCut");
            assertThat(Replicas.containers(zone)).isEqualTo(before);
            assertThat(serving()).isEqualTo(EVERYWHERE);

            done("dev", "node", "start", "node-3", "-o", "json");
            assertThat(waitForNode("node-3", "condition=Ready=true").exitCode()).isZero();
            long mended = requests.answered();
            await().atMost(LIMIT).until(() -> requests.answered() > mended + WARM);
            System.out.println("link to the master cut for " + CUT_SECONDS + " s, requests "
                    + requests.outcomes().size() + ", failed "
                    + requests.failures().size());
            assertThat(requests.failures()).isEmpty();
        }
        assertThat(Replicas.containers(zone)).isEqualTo(before);
        assertThat(events("NodeDead", "node-3")).isEmpty();
    }

    private static JsonNode done(String... command) {
        Shell.Result result = zone.statemesh(command);
        assertThat(result.exitCode()).as(result.all()).isZero();
        return TestZone.json(result.out());
    }

    private static List<String> serving() {
        return Replicas.readyOn(zone, "hello");
    }

    private static Shell.Result waitForNode(String node, String state) {
        return zone.kubectl("wait", "node/" + node, "--for=" + state, "--timeout=" + LIMIT.toSeconds() + "s");
    }

    private static String reason(String node) {
        return zone.kubectl("get", "node", node, "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].reason}")
                .out();
    }

    private static String events(String reason, String node) {
        return zone.kubectl(
                        "get",
                        "events",
                        "-A",
                        "--field-selector",
                        "reason=" + reason + ",involvedObject.name=" + node,
                        "-o",
                        "jsonpath={.items[*].message}")
                .out();
    }
}
