// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.time.Duration;
import net.statemesh.node.Agent;
import net.statemesh.node.AgentAccess;
import net.statemesh.node.cri.ContainerView;
import net.statemesh.node.cri.CriChannel;
import net.statemesh.node.cri.CriRuntime;
import net.statemesh.node.kube.FakeApi;
import net.statemesh.node.pod.PodShutdown;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("acceptance")
class PodShutdownTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int KILLED = 137;

    @Test
    void containersGetTheGraceOfTheirPodsAndNoMore() throws Exception {
        try (RealNode node = RealNode.start()) {
            FakeApi api = new FakeApi();
            String careful;
            String stubborn;
            try (Agent _ = AgentAccess.start(node.config(), api)) {
                careful = create(api, "careful", "trap 'sleep 2; exit 3' TERM; while true; do sleep 0.1; done", 30);
                stubborn = create(api, "stubborn", "trap '' TERM; while true; do sleep 0.1; done", 1);
            }
            PodShutdown.run(node.config().containerdSocket(), node.config().stateDirectory(), Duration.ofSeconds(30));

            try (CriChannel channel = CriChannel.open(node.config().containerdSocket())) {
                CriRuntime runtime = new CriRuntime(channel);
                assertThat(onlyContainer(runtime, careful).exitCode())
                        .as("had time to end by itself")
                        .isEqualTo(3);
                assertThat(onlyContainer(runtime, stubborn).exitCode()).isEqualTo(KILLED);
            }
        }
    }

    private static String create(FakeApi api, String name, String script, long graceSeconds) throws IOException {
        Pod pod = new PodBuilder(Pods.running(name, script))
                .editSpec()
                .withTerminationGracePeriodSeconds(graceSeconds)
                .endSpec()
                .build();
        String uid = api.create(pod).getMetadata().getUid();
        await().atMost(SOON)
                .until(() -> api.status(uid) != null
                        && "Running".equals(api.status(uid).getPhase()));
        return uid;
    }

    private static ContainerView onlyContainer(CriRuntime runtime, String podUid) {
        return runtime.observe(podUid).newest("main").orElseThrow();
    }
}
