// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Kubeconfig;
import net.statemesh.identity.PemFiles;
import net.statemesh.kube.embedded.ApiServer;
import net.statemesh.kube.embedded.ApiServerConfig;
import net.statemesh.node.Agent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stock kubectl, the embedded API server, the agent and a real containerd: streams from one end to the other. */
@Tag("acceptance")
@Timeout(300)
class ApiStreamsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long COMMAND_SECONDS = 60;

    private static RealNode node;
    private static ApiServer api;
    private static Agent agent;
    private static Path kubeconfig;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        node = RealNode.start();
        Path pki = node.pki();
        api = ApiServer.start(new ApiServerConfig(
                node.directory().resolve("api"),
                List.of("127.0.0.1:0"),
                pki.resolve("server.crt"),
                pki.resolve("server.key"),
                pki.resolve("ca.crt"),
                pki.resolve("api-server.crt"),
                pki.resolve("api-server.key"),
                pki.resolve("ca.crt")));
        kubeconfig = kubeconfig("admin", "admin");
        kubeconfig("node", "kubeconfig");
        agent = Agent.start(node.config());
        await().atMost(SOON)
                .until(() -> kubectl("get", "node", node.namespace()).exitCode() == 0);
    }

    private static Path kubeconfig(String identity, String file) throws IOException {
        Path written = node.directory().resolve(file);
        new Kubeconfig(
                        "test",
                        identity,
                        URI.create("https://127.0.0.1:" + api.port()),
                        PemFiles.readCertificates(node.pki().resolve("ca.crt")).getFirst(),
                        Identity.load(
                                node.pki().resolve(identity + ".crt"),
                                node.pki().resolve(identity + ".key")),
                        "default")
                .store(written);
        return written;
    }

    @AfterAll
    static void stop() throws IOException {
        if (agent != null) {
            agent.close();
        }
        if (api != null) {
            api.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @Test
    void attachReachesTheProcessAndEndsWithIt() throws Exception {
        create(
                "attached",
                "while read line; do echo got $line; done; echo over",
                "\"stdin\": true, \"stdinOnce\": true,");
        Result result = kubectlWith("first\nsecond\n", "attach", "-i", "attached");
        assertThat(result.out()).contains("got first", "got second", "over");
        await().atMost(SOON).until(() -> phase("attached").equals("Succeeded"));
    }

    @Test
    void execPassesInputOutputErrorsAndExitCode() throws Exception {
        create("exec", "while true; do sleep 0.2; done", "");
        Result result = kubectlWith("typed", "exec", "-i", "exec", "--", "sh", "-c", "cat; echo why >&2; exit 7");
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.out()).isEqualTo("typed");
        assertThat(result.err()).contains("why");
        assertThat(kubectl("exec", "exec", "--", "no-such-program").exitCode()).isNotZero();
    }

    @Test
    void portForwardCarriesManyConnections() throws Exception {
        create("web", "mkdir /www; echo forwarded > /www/index.html; exec httpd -f -p 8080 -h /www", "");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process forward = start("port-forward", "web", port + ":8080");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .build();
            await().atMost(SOON)
                    .ignoreExceptions()
                    .until(() -> client.send(request, HttpResponse.BodyHandlers.ofString())
                                    .statusCode()
                            == 200);
            for (int i = 0; i < 10; i++) {
                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .isEqualTo("forwarded\n");
            }
        } finally {
            forward.destroy();
            assertThat(forward.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void logsAreFollowedToTheEnd() throws Exception {
        create("talker", "for i in $(seq 1 5); do echo line $i; sleep 0.2; done", "");
        await().atMost(SOON).until(() -> kubectl("logs", "talker").exitCode() == 0);
        assertThat(kubectl("logs", "-f", "talker").out().lines())
                .containsExactly("line 1", "line 2", "line 3", "line 4", "line 5");
    }

    private void create(String name, String script, String more) throws IOException, InterruptedException {
        Path manifest = Files.writeString(
                folder.resolve(name + ".json"), """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"},
                 "spec": {"nodeName": "%s", "restartPolicy": "Never", "terminationGracePeriodSeconds": 1,
                          "containers": [{"name": "main", "image": "%s", %s
                                          "command": ["/bin/sh", "-c", "%s"]}]}}
                """.formatted(name, node.namespace(), RealNode.IMAGE, more, script));
        Result created = kubectl("create", "-f", manifest.toString());
        assertThat(created.exitCode()).as(created.err()).isZero();
        await().atMost(SOON).until(() -> !phase(name).equals("Pending"));
    }

    private static String phase(String pod) throws IOException, InterruptedException {
        return kubectl("get", "pod", pod, "-o", "jsonpath={.status.phase}").out();
    }

    private record Result(int exitCode, String out, String err) {}

    private static Result kubectl(String... arguments) throws IOException, InterruptedException {
        return kubectlWith("", arguments);
    }

    private static Result kubectlWith(String input, String... arguments) throws IOException, InterruptedException {
        Path in = Files.writeString(Files.createTempFile("kubectl", ".in"), input);
        Path out = Files.createTempFile("kubectl", ".out");
        Path err = Files.createTempFile("kubectl", ".err");
        try {
            Process process = new ProcessBuilder(command(arguments))
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(
                        List.of(arguments) + " did not end: " + Files.readString(out) + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(err);
        }
    }

    private Process start(String... arguments) throws IOException {
        return new ProcessBuilder(command(arguments))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("background").toFile())
                .start();
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl", "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
