// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import net.statemesh.node.Agent;
import net.statemesh.node.AgentAccess;
import net.statemesh.node.kube.FakeApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("acceptance")
class PodLifecycleTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static RealNode node;
    private static FakeApi api;
    private static Agent agent;

    @BeforeAll
    static void start() throws IOException {
        node = RealNode.start();
        api = new FakeApi();
        agent = AgentAccess.start(node.config(), api);
    }

    @AfterAll
    static void stop() throws IOException {
        if (agent != null) {
            agent.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @Test
    void podRunsAndIsRemovedWithoutTrace() throws IOException {
        Pod pod = api.create(Pods.running("lifecycle", "trap 'exit 0' TERM; while true; do sleep 0.2; done"));
        String uid = pod.getMetadata().getUid();
        await().atMost(SOON).until(() -> "Running".equals(phase(uid)));
        assertThat(api.status(uid).getPodIP()).startsWith("10.202.");
        ContainerStatus main = api.status(uid).getContainerStatuses().getFirst();
        assertThat(main.getReady()).isTrue();
        assertThat(main.getRestartCount()).isZero();

        api.delete(uid, 2);
        await().atMost(SOON).until(() -> api.pod(uid).isEmpty());
        await().atMost(SOON).untilAsserted(() -> assertThat(node.podLinks()).isEmpty());
        assertThat(node.mounts()).isEmpty();
    }

    private static String phase(String uid) {
        return api.pod(uid).map(Pod::getStatus).map(s -> s.getPhase()).orElse("");
    }
}
