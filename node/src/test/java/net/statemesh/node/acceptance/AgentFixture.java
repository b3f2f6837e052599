// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import net.statemesh.node.Agent;
import net.statemesh.node.AgentAccess;
import net.statemesh.node.kube.FakeApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** An agent over a real containerd, with an API in memory; no pods are left after a test. */
abstract class AgentFixture {
    static final Duration SOON = Duration.ofSeconds(60);
    static final String SLEEP = "trap 'exit 0' TERM; while true; do sleep 0.2; done";
    static RealNode node;
    static FakeApi api;
    static Agent agent;
    static Kubelet kubelet;

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        node = RealNode.start();
        api = new FakeApi();
        agent = AgentAccess.start(node.config(), api);
        kubelet = new Kubelet(node, "api-server");
    }

    @AfterEach
    void removePods() {
        api.all().forEach(pod -> api.delete(pod.getMetadata().getUid(), 0));
        await().atMost(SOON).until(() -> api.all().isEmpty());
    }

    @AfterAll
    static void stop() throws IOException {
        if (agent != null) {
            kubelet.close();
            agent.close();
        }
        if (node != null) {
            node.close();
        }
    }

    static String create(Pod pod) {
        return api.create(pod).getMetadata().getUid();
    }

    static void awaitPhase(String uid, String phase) {
        await().atMost(SOON)
                .until(
                        () -> api.pod(uid)
                                .map(Pod::getStatus)
                                .map(s -> s.getPhase())
                                .orElse(""),
                        phase::equals);
    }

    static ContainerStatus main(String uid) {
        return api.pod(uid)
                .map(Pod::getStatus)
                .filter(s -> !s.getContainerStatuses().isEmpty())
                .map(s -> s.getContainerStatuses().getFirst())
                .orElseGet(() -> new ContainerStatusBuilder()
                        .withReady(false)
                        .withRestartCount(0)
                        .withNewState()
                        .endState()
                        .build());
    }

    static String containerId(String uid) {
        return main(uid).getContainerID().replace("containerd://", "");
    }

    static String read(List<Path> groups, String... names) throws IOException {
        for (Path group : groups) {
            for (String name : names) {
                if (Files.exists(group.resolve(name))) {
                    return Files.readString(group.resolve(name)).strip();
                }
            }
        }
        return "";
    }
}
