// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where replicas go on three nodes of two operators, of which each has room for one that is large. */
@Tag("acceptance")
class PlacementTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String URGENT = "urgent";

    /** By node. */
    private static final Map<String, String> OPERATORS = Map.of("node-1", "alice", "node-2", "bob", "node-3", "alice");

    @TempDir
    static Path files;

    private static TestZone zone;
    private static String image;
    /** Three quarters of a node's processors. */
    private static String large;

    @BeforeAll
    static void start() throws IOException {
        zone = new TestZone();
        zone.up("--bare", "--operators", "alice,bob");
        Files.writeString(files.resolve("index.html"), "<h1>here</h1>");
        ok("deploy", "page", "--path", files.toString());
        image = TestZone.json(ok("apps", "info", "page", "-o", "json"))
                .path("image")
                .asText();
        ok("apps", "delete", "page", "--yes");
        String cores = zone.kubectl("get", "node", "node-1", "-o", "jsonpath={.status.allocatable.cpu}")
                .out();
        int millis = cores.endsWith("m")
                ? Integer.parseInt(cores.substring(0, cores.length() - 1))
                : 1_000 * Integer.parseInt(cores);
        large = millis * 3 / 4 + "m";
        ok("projects", "create", URGENT, "--highest-priority", "High");
    }

    @AfterAll
    static void stop() {
        zone.close();
    }

    @AfterEach
    void makeRoom() {
        for (String project : List.of("default", URGENT)) {
            JsonNode applications = TestZone.json(ok("apps", "list", "--project", project, "-o", "json"));
            applications.forEach(application ->
                    ok("apps", "delete", application.path("name").asText(), "--project", project, "--yes"));
        }
        await().atMost(LIMIT)
                .until(() -> pods("-A", "-l", "statemesh.net/application").isEmpty());
    }

    @Test
    void importantReplicaTakesTheRoomOfALessImportantOneAndEverybodyIsToldWhy() {
        ok("deploy", "batch", "--image", image, "--cpu", large, "--replicas", "3", "--priority", "Low");
        ok("deploy", "siren", "--image", image, "--cpu", large, "--priority", "High", "--project", URGENT);

        String events = zone.kubectl(
                        "get", "events", "-n", "default", "--field-selector", "reason=Preempted", "-o", "json")
                .out();
        JsonNode event = TestZone.json(events).path("items").path(0);
        assertThat(event.path("message").asText()).contains("to make room for urgent/siren-");
        assertThat(event.at("/involvedObject/name").asText()).startsWith("batch-");
        assertThat(event.at("/metadata/annotations/statemesh.net~1actor").asText())
                .isEqualTo("statemesh:master");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                zone.statemesh("apps", "history", "batch").out())
                        .contains("Preempted", "statemesh:master", "to make room for urgent/siren-"));

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Replicas.readyOn(zone, "batch")).hasSize(2));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(refusalsOfTheWaiting("batch"))
                        .hasSize(3)
                        .allSatisfy((node, filters) -> assertThat(filters).isEqualTo("Cpu")));
        String explained = ok("apps", "explain", "batch");
        assertThat(explained).contains("Unschedulable", "node-1", "node-2", "node-3", "CPU", "Preempted");

        ok("apps", "delete", "siren", "--project", URGENT, "--yes");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Replicas.readyOn(zone, "batch")).hasSize(3));
    }

    @Test
    void projectThatMayNotBeImportantIsRefusedAndNothingIsTouched() {
        ok("deploy", "batch", "--image", image, "--cpu", large, "--replicas", "3", "--priority", "Low");
        List<String> before = Replicas.containers(zone);
        Shell.Result refused =
                zone.statemesh("deploy", "siren", "--image", image, "--cpu", large, "--priority", "High");
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(1);
        assertThat(refused.err()).contains("SM-ROLLOUT-015", "spec.priority is 'High'", "Low or Normal");
        assertThat(Replicas.containers(zone)).isEqualTo(before);
    }

    @Test
    void gangIsPlacedWhenThereIsRoomForAllOfItAndNotBefore() {
        ok("deploy", "block", "--image", image, "--cpu", large);
        ok("deploy", "crew", "--image", image, "--cpu", large, "--replicas", "3", "--gang", "--no-wait");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(pods("-l", "statemesh.net/application=crew"))
                        .hasSize(3)
                        .allSatisfy(pod -> {
                            assertThat(pod.at("/spec/nodeName").isMissingNode()).isTrue();
                            assertThat(pod.at("/status/conditions/0/message").asText())
                                    .contains("gets nodes for all or none: 2 have or would get one");
                        }));

        ok("apps", "delete", "block", "--yes");
        await().atMost(LIMIT)
                .untilAsserted(
                        () -> assertThat(Replicas.readyOn(zone, "crew")).containsExactly("node-1", "node-2", "node-3"));
    }

    @Test
    void replicasAreSpreadEvenlyOverOperatorsThoughOneHasMoreNodes() {
        ok("deploy", "wide", "--image", image, "--replicas", "6", "--spread", "operator:required");
        List<String> operators = Replicas.readyOn(zone, "wide").stream()
                .map(OPERATORS::get)
                .sorted()
                .toList();
        assertThat(operators).containsExactly("alice", "alice", "alice", "bob", "bob", "bob");
        assertThat(ok("node", "list", "-o", "wide")).contains("OPERATOR", "alice", "bob");

        ok("deploy", "beside", "--image", image, "--near", "alone", "--no-wait");
        ok("deploy", "alone", "--image", image, "--apart", "wide:operator:preferred");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Replicas.readyOn(zone, "beside"))
                        .isEqualTo(Replicas.readyOn(zone, "alone"))
                        .hasSize(1));
    }

    @Test
    void whatNoNodeHasIsExplainedNodeByNode() {
        Shell.Result refused = zone.statemesh("deploy", "picky", "--image", image, "--require", "gpus=1");
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
        assertThat(refused.err()).contains("no node has a GPU");
        assertThat(refusalsOfTheWaiting("picky"))
                .hasSize(3)
                .allSatisfy((node, filters) -> assertThat(filters).isEqualTo("NodeAffinity"));
        assertThat(ok("apps", "explain", "picky")).contains("node-1", "node-2", "node-3", "no node has a GPU");

        ok("deploy", "picky", "--require", "gpus=");
        assertThat(Replicas.readyOn(zone, "picky")).hasSize(1);
    }

    /** By node: the filters that refused the replica without a node. */
    private static Map<String, String> refusalsOfTheWaiting(String application) {
        Map<String, String> refusals = new TreeMap<>();
        for (JsonNode replica :
                TestZone.json(ok("apps", "explain", application, "-o", "json")).path("replicas")) {
            if (replica.at("/decision/node").asText().isEmpty()) {
                replica.at("/decision/nodes")
                        .properties()
                        .forEach(node -> refusals.put(
                                node.getKey(), node.getValue().at("/filters/0").asText()));
            }
        }
        return refusals;
    }

    private static List<JsonNode> pods(String... which) {
        String[] command = new String[which.length + 4];
        System.arraycopy(new String[] {"get", "pods", "-o", "json"}, 0, command, 0, 4);
        System.arraycopy(which, 0, command, 4, which.length);
        return TestZone.json(zone.kubectl(command).out())
                .path("items")
                .valueStream()
                .toList();
    }

    private static String ok(String... arguments) {
        Shell.Result result = zone.statemesh(arguments);
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result.out();
    }
}
