// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pods outlive their agent and their containerd. */
@Tag("acceptance")
class AgentKillTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private final ObjectMapper json = new ObjectMapper();
    private RealNode node;
    private Process agent;

    @BeforeEach
    void start() throws IOException {
        node = RealNode.start();
        json.writeValue(node.directory().resolve("agent.json").toFile(), node.config());
    }

    @AfterEach
    void stop() throws IOException {
        if (agent != null) {
            agent.destroyForcibly();
        }
        node.close();
        assertThat(node.processes()).isEmpty();
        assertThat(node.mounts()).isEmpty();
        assertThat(node.cgroups()).isEmpty();
        assertThat(Files.exists(Path.of("/run/netns", node.namespace()))).isFalse();
    }

    @Test
    void killedAgentFindsItsPodsAgainAndRestartsNothing() throws Exception {
        Pod steady = Pods.running("steady", "while true; do sleep 0.2; done");
        Pod crashing = Pods.running("crashing", "sleep 0.2; exit 1");
        run(List.of(steady, crashing), false);
        await().atMost(SOON).until(() -> restarts(crashing) == 2 && ready(steady));
        String id = status(steady).getContainerID();
        agent.destroyForcibly().waitFor();

        run(reported(), false);
        await().atMost(SOON).until(() -> restarts(crashing) == 3);
        assertThat(status(steady).getContainerID()).isEqualTo(id);
        assertThat(restarts(steady)).isZero();
        assertThat(status(steady).getReady()).isTrue();

        agent.destroyForcibly().waitFor();
        run(List.of(), false);
        await().atMost(SOON).until(() -> node.podLinks().isEmpty());
    }

    @Test
    void agentWithoutApiLooksAfterItsPodsFromItsCheckpoint() throws Exception {
        Pod pod = Pods.running("alone", "while true; do sleep 0.2; done");
        run(List.of(pod), false);
        await().atMost(SOON).until(() -> ready(pod));
        String id = status(pod).getContainerID().replace("containerd://", "");
        agent.destroyForcibly().waitFor();
        Shell.run("ctr", "-a", node.socket().toString(), "-n", "k8s.io", "tasks", "kill", "-s", "SIGKILL", id);

        run(List.of(), true);
        await().atMost(SOON)
                .until(() -> runningTasks().stream().filter(t -> !t.equals(id)).count() == 2);
    }

    @Test
    void containersGoOnWhileContainerdIsRestarted() throws Exception {
        Pod pod = Pods.running("steady", "while true; do sleep 0.2; done");
        run(List.of(pod), false);
        await().atMost(SOON).until(() -> ready(pod));
        String id = status(pod).getContainerID();
        node.killContainerd();
        node.startContainerd();
        Pod later = Pods.running("later", "while true; do sleep 0.2; done");
        agent.destroyForcibly().waitFor();
        List<Pod> both = new ArrayList<>(reported());
        both.add(later);
        run(both, false);
        await().atMost(SOON).until(() -> ready(later));
        assertThat(status(pod).getContainerID()).isEqualTo(id);
        assertThat(restarts(pod)).isZero();
    }

    private void run(List<Pod> pods, boolean away) throws IOException {
        Path input = node.directory().resolve("pods.json");
        json.writeValue(input.toFile(), pods);
        Files.deleteIfExists(report());
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                AgentProcess.class.getName(),
                node.directory().resolve("agent.json").toString(),
                input.toString(),
                report().toString()));
        if (away) {
            command.add("away");
        }
        agent = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        node.directory().resolve("agent.log").toFile()))
                .start();
    }

    private Path report() {
        return node.directory().resolve("report.json");
    }

    private List<Pod> reported() {
        try {
            return Files.exists(report())
                    ? json.readValue(report().toFile(), new TypeReference<List<Pod>>() {})
                    : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    private ContainerStatus status(Pod pod) {
        return reported().stream()
                .filter(p -> p.getMetadata().getUid().equals(pod.getMetadata().getUid()))
                .filter(p -> p.getStatus() != null
                        && !p.getStatus().getContainerStatuses().isEmpty())
                .map(p -> p.getStatus().getContainerStatuses().getFirst())
                .findFirst()
                .orElseGet(ContainerStatus::new);
    }

    private boolean ready(Pod pod) {
        return Boolean.TRUE.equals(status(pod).getReady());
    }

    private int restarts(Pod pod) {
        Integer count = status(pod).getRestartCount();
        return count == null ? -1 : count;
    }

    private List<String> runningTasks() {
        return Shell.run("ctr", "-a", node.socket().toString(), "-n", "k8s.io", "tasks", "ls")
                .lines()
                .filter(line -> line.contains("RUNNING"))
                .map(line -> line.split("\\s+", -1)[0])
                .toList();
    }
}
