// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stock kubectl against a running zone: what goes through API server, agent and container. */
@Tag("acceptance")
class KubectlTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static TestZone zone;
    private static String url;

    @TempDir
    Path folder;

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
    void nodesAreReadyAndDescribed() {
        Shell.Result nodes = kubectl("get", "nodes");
        assertThat(nodes.out()).contains("node-1").contains("node-2").doesNotContain("NotReady");
        assertThat(kubectl("describe", "node", "node-1").out())
                .contains("statemesh")
                .contains("Capacity");
    }

    @Test
    void logsOfAContainerAreFollowed() throws IOException, InterruptedException {
        Path output = folder.resolve("log");
        Process follow = new ProcessBuilder("kubectl", "--kubeconfig", kubeconfig(), "logs", "-f", "--tail=1", pod())
                .redirectOutput(output.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            kubectl("exec", pod(), "--", "sh", "-c", "echo seen by kubectl > /proc/1/fd/1");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(Files.readString(output)).contains("seen by kubectl"));
            assertThat(follow.isAlive()).isTrue();
        } finally {
            follow.destroy();
            assertThat(follow.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void execGivesOutputAndExitCodeOfTheCommand() {
        assertThat(kubectl("exec", pod(), "--", "sh", "-c", "echo hello from inside")
                        .out())
                .isEqualTo("hello from inside\n");
        Shell.Result failing = zone.kubectl("exec", pod(), "--", "sh", "-c", "echo why >&2; exit 7");
        assertThat(failing.exitCode()).isEqualTo(7);
        assertThat(failing.err()).contains("why");
    }

    @Test
    void portForwardReachesTheContainer() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String containerPort = kubectl(
                        "get", "pod", pod(), "-o", "jsonpath={.spec.containers[0].ports[0].containerPort}")
                .out();
        Process forward = new ProcessBuilder(
                        "kubectl", "--kubeconfig", kubeconfig(), "port-forward", pod(), port + ":" + containerPort)
                .redirectOutput(folder.resolve("forward").toFile())
                .redirectErrorStream(true)
                .start();
        try {
            await().atMost(LIMIT).untilAsserted(() -> {
                Shell.Result answer = zone.shell().run("curl", "-sS", "http://127.0.0.1:" + port + "/");
                assertThat(answer.out()).as(answer.all()).contains("Hello from StateMesh");
            });
        } finally {
            forward.destroy();
            assertThat(forward.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void deletedPodIsReplacedWhileTheApplicationServes() {
        String victim = pod();
        assertThat(kubectl("delete", "pod", victim, "--wait=true").out()).contains("deleted");
        await().atMost(LIMIT).untilAsserted(() -> {
            JsonNode pods =
                    TestZone.json(kubectl("get", "pods", "-o", "json").out()).path("items");
            assertThat(pods.valueStream()
                            .filter(pod ->
                                    pod.path("status").path("phase").asText().equals("Running"))
                            .map(pod -> pod.path("metadata").path("name").asText()))
                    .hasSize(2)
                    .doesNotContain(victim);
        });
        ZoneLifecycleTest.assertServes(zone, url);
    }

    private static String kubeconfig() {
        return zone.folder().resolve("kubeconfig").toString();
    }

    private static String pod() {
        return kubectl(
                        "get",
                        "pods",
                        "-l",
                        "statemesh.net/application=hello",
                        "--field-selector",
                        "status.phase=Running",
                        "-o",
                        "jsonpath={.items[0].metadata.name}")
                .out();
    }

    private static Shell.Result kubectl(String... arguments) {
        Shell.Result result = zone.kubectl(arguments);
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result;
    }
}
