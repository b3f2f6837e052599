// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.load.SteadyRequests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of an application under a steady stream of requests: none of them fails, and what is broken gives way by itself. */
@Tag("acceptance")
class UpdateTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int PER_SECOND = 200;
    private static final int WARM = 400;
    private static final int ROUTE_CHANGES = 100;
    private static final int SOCKETS = 12;
    private static final Duration LOOK = Duration.ofSeconds(1);

    @TempDir
    static Path folder;

    private static TestZone zone;
    private static String image;
    private static String url;

    @BeforeAll
    static void startZone() throws IOException {
        zone = new TestZone();
        zone.up();
        image = zone.kubectl("get", "applications", "hello", "-o", "jsonpath={.spec.containers[0].image}")
                .out();
        url = TestZone.json(ok("apps", "deploy", "-f", manifest("first", SERVE), "-o", "json"))
                .path("url")
                .asText();
    }

    @AfterAll
    static void removeZone() {
        zone.close();
    }

    @Test
    void rollingUpdateFailsNoRequest() throws IOException, InterruptedException {
        try (SteadyRequests requests = zone.requests(url, PER_SECOND)) {
            warm(requests);
            List<String> before = Replicas.names(zone, "shop");
            ok("apps", "deploy", "-f", manifest("rolled-" + System.nanoTime(), SERVE));
            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(Replicas.names(zone, "shop")).hasSize(2).doesNotContainAnyElementsOf(before));
            assertNoneFailed("rolling update", requests);
        }
    }

    @Test
    void scalingFailsNoRequestAndNoWebSocketOnReplicasThatStay() throws InterruptedException {
        List<UpgradedConnection> sockets = new ArrayList<>();
        try (SteadyRequests requests = zone.requests(url, PER_SECOND)) {
            warm(requests);
            open(sockets);
            scale(5);
            assertEchoes(sockets);
            open(sockets);
            scale(1);
            String stays = Replicas.names(zone, "shop").getFirst();
            List<UpgradedConnection> onIt = sockets.stream()
                    .filter(socket -> socket.replica().equals(stays))
                    .toList();
            assertThat(onIt).as("sockets on replicas in turns").isNotEmpty();
            assertEchoes(onIt);
            scale(2);
            assertEchoes(onIt);
            assertNoneFailed("scale 2 to 5 to 1 to 2", requests);
        } finally {
            sockets.forEach(UpgradedConnection::close);
        }
    }

    private static void open(List<UpgradedConnection> sockets) {
        for (int i = 0; i < SOCKETS; i++) {
            sockets.add(new UpgradedConnection(zone.trust(), URI.create(url).resolve("/ws")));
        }
    }

    private static void assertEchoes(List<UpgradedConnection> sockets) {
        assertThat(sockets)
                .allSatisfy(socket -> assertThat(socket.echoes("still here")).isTrue());
    }

    /** Until the replicas that are too many have gone. */
    private static void scale(int replicas) {
        ok("apps", "scale", "shop", Integer.toString(replicas));
        await().atMost(LIMIT)
                .pollInterval(LOOK)
                .untilAsserted(() -> assertThat(Replicas.names(zone, "shop")).hasSize(replicas));
    }

    @Test
    void routeChangesFailNoRequestAndRestartNothing() throws InterruptedException {
        List<String> before = Replicas.names(zone, "shop");
        try (SteadyRequests requests = zone.requests(url, PER_SECOND)) {
            warm(requests);
            Shell.Result changed = zone.shell().run("bash", "-c", """
                    set -e
                    for i in $(seq %d); do
                      kubectl patch application shop --type merge -p '{"spec":{"entrypoints":[{"port":8080},
                        {"port":8081,"path":"/ws"},{"port":8080,"path":"/route-'$i'"}]}}'
                    done""".formatted(ROUTE_CHANGES));
            assertThat(changed.exitCode()).as(changed.all()).isZero();
            assertNoneFailed(ROUTE_CHANGES + " route changes", requests);
        }
        assertThat(Replicas.names(zone, "shop")).isEqualTo(before);
        JsonNode releases = TestZone.json(ok("apps", "releases", "shop", "-o", "json"));
        assertThat(releases.size()).as("old ones are forgotten").isBetween(10, 25);
    }

    @Test
    void drainedNodeFailsNoRequest() throws InterruptedException {
        String node = zone.kubectl(
                        "get",
                        "pods",
                        "-l",
                        "statemesh.net/application=shop",
                        "-o",
                        "jsonpath={.items[0].spec.nodeName}")
                .out();
        try (SteadyRequests requests = zone.requests(url, PER_SECOND)) {
            warm(requests);
            JsonNode drained = TestZone.json(ok("node", "drain", node, "-o", "json"));
            assertThat(drained.path("moved").toString()).contains("shop-");
            assertThat(zone.kubectl(
                                    "get",
                                    "pods",
                                    "-l",
                                    "statemesh.net/application",
                                    "--field-selector",
                                    "spec.nodeName=" + node,
                                    "-o",
                                    "name")
                            .out())
                    .isEmpty();
            assertNoneFailed("drain of " + node, requests);
        } finally {
            ok("node", "uncordon", node);
        }
    }

    @Test
    void brokenUpdateIsRolledBackWithItsLastWordsWhileTheOldVersionServes() throws IOException, InterruptedException {
        List<String> before = Replicas.names(zone, "shop");
        try (SteadyRequests requests = zone.requests(url, PER_SECOND)) {
            warm(requests);
            Shell.Result result = zone.statemesh("apps", "deploy", "-f", manifest("broken", BREAK));
            assertThat(result.exitCode()).as(result.all()).isEqualTo(2);
            assertThat(result.err())
                    .contains("error SM-ROLLOUT-002: 'shop' was rolled back: it ends again and again.")
                    .contains("exited with code 3", "  | line 25", "which serves with 2 replicas")
                    .doesNotContain("  | line 5\n");
            assertNoneFailed("update that is rolled back", requests);
        }
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Replicas.names(zone, "shop")).isEqualTo(before));
        JsonNode failure = TestZone.json(
                        zone.kubectl("get", "application", "shop", "-o", "json").out())
                .at("/status/release/failure");
        assertThat(failure.path("logLines")).hasSize(20);
        Instant died = Instant.ofEpochSecond(failure.at("/logLines/19").asLong());
        System.out.println("cause_in_status "
                + Duration.between(died, Instant.parse(failure.path("time").asText()))
                        .toSeconds() + " s");
    }

    private static final String SERVE =
            "busybox nc -ll -p 8081 -e sh -c \\\"$WS\\\" & exec busybox httpd -f -p 8080 -h /srv/www";
    private static final String BREAK = "for i in $(busybox seq 25); do echo line $i; done; busybox date +%s; exit 3";
    private static final String SOCKET = "while read -r l && [ ${#l} -gt 1 ]; do :; done;"
            + " printf 'HTTP/1.1 101 Switching Protocols\\r\\nConnection: Upgrade\\r\\nUpgrade: websocket\\r\\n\\r\\n';"
            + " busybox hostname; exec busybox cat";

    /** An application that serves its pages on 8080, and lines that it echoes behind an upgrade on 8081. */
    private static String manifest(String version, String script) throws IOException {
        return Files.writeString(folder.resolve("shop.yaml"), """
                        apiVersion: statemesh.net/v1alpha1
                        kind: Application
                        metadata: {name: shop}
                        spec:
                          replicas: 2
                          drainSeconds: 5
                          entrypoints: [{port: 8080}, {port: 8081, path: /ws}]
                          containers:
                            - name: web
                              image: "%s"
                              command: [/bin/init, --, sh, -c, "%s"]
                              env:
                                - {name: VERSION, value: "%s"}
                                - name: WS
                                  value: |-
                                    %s
                              ports: [{port: 8080}, {port: 8081}]
                        """.formatted(image, script, version, SOCKET))
                .toString();
    }

    private static void warm(SteadyRequests requests) {
        await().atMost(LIMIT).until(() -> requests.answered() > WARM);
    }

    private static void assertNoneFailed(String what, SteadyRequests requests) throws InterruptedException {
        requests.finish();
        System.out.println(what.replace(' ', '_') + "_requests "
                + requests.outcomes().size() + " failed " + requests.failures().size());
        assertThat(requests.failures()).isEmpty();
    }

    private static String ok(String... arguments) {
        Shell.Result result = zone.statemesh(arguments);
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result.out();
    }
}
