// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the API server asks an agent. */
@Tag("acceptance")
class KubeletApiTest extends AgentFixture {
    @Test
    void logsAreFollowedUntilTheContainerEnds() throws Exception {
        String uid = create(new PodBuilder(
                        Pods.running("logs", "i=0; while [ $i -lt 5 ]; do echo line $i; i=$((i+1)); sleep 0.3; done"))
                .editSpec()
                .withRestartPolicy("Never")
                .endSpec()
                .build());
        await().atMost(SOON)
                .until(() -> kubelet.get("/containerLogs/default/logs/main").statusCode() == 200);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                kubelet.stream("/containerLogs/default/logs/main?follow=true"), StandardCharsets.UTF_8))) {
            assertThat(lines.lines().toList()).containsExactly("line 0", "line 1", "line 2", "line 3", "line 4");
        }
        awaitPhase(uid, "Succeeded");
        assertThat(kubelet.get("/containerLogs/default/logs/main?tailLines=2").body())
                .isEqualTo("line 3\nline 4\n");
        assertThat(kubelet.get("/containerLogs/default/logs/main?limitBytes=6").body())
                .isEqualTo("line 0");
        assertThat(kubelet.get("/containerLogs/default/logs/main?timestamps=true&tailLines=1")
                        .body())
                .matches("20\\S+ line 4\n");
        assertThat(kubelet.get("/containerLogs/default/logs/main?tailLines=many")
                        .statusCode())
                .isEqualTo(400);
        assertThat(kubelet.get("/containerLogs/default/logs/other").statusCode())
                .isEqualTo(404);
    }

    @Test
    void commandsRunInsideThroughTheStreamingApi() throws Exception {
        String uid = create(Pods.running("exec", SLEEP));
        awaitPhase(uid, "Running");
        assertThat(kubelet.exec("/exec/default/exec/main?output=1&command=echo&command=from%20inside", ""))
                .isEqualTo("from inside\n");
        assertThat(kubelet.exec("/exec/default/exec/main?input=1&output=1&command=head&command=-n1", "typed\n"))
                .isEqualTo("typed\n");
        assertThat(kubelet.get("/exec/default/exec/main?output=1&command=id").statusCode())
                .isEqualTo(400);
    }

    @Test
    void onlyTheApiServerIsServed() throws Exception {
        assertThat(kubelet.get("/healthz").body()).isEqualTo("ok");
        try (Kubelet somebody = new Kubelet(node, "somebody")) {
            HttpResponse<String> answer = somebody.get("/pods");
            assertThat(answer.statusCode()).isEqualTo(403);
        }
        try (Kubelet nobody = new Kubelet(node, "")) {
            assertThatThrownBy(() -> nobody.get("/healthz")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void usageIsMeasuredPerContainer() throws Exception {
        String uid = create(Pods.pod(
                        "busy",
                        Pods.shell("main", "while true; do :; done")
                                .withNewResources()
                                .addToRequests("cpu", new Quantity("1"))
                                .endResources()
                                .build())
                .build());
        awaitPhase(uid, "Running");
        await().atMost(SOON)
                .until(() -> kubelet.get("/stats/summary")
                        .body()
                        .matches("(?s).*\"name\":\"busy\".*\"usageNanoCores\":[1-9]\\d{5,}.*"));
        assertThat(kubelet.get("/stats/summary").body())
                .contains("\"workingSetBytes\":")
                .contains("\"name\":\"main\"");
    }

    @Test
    void nodeTellsWhatItIsAndThatItLives() {
        await().atMost(SOON).until(() -> !api.nodes().isEmpty() && !api.leases().isEmpty());
        var registered = api.nodes().getFirst();
        assertThat(registered.getMetadata().getLabels())
                .containsKey("statemesh.net/node-class")
                .containsEntry("kubernetes.io/os", "linux");
        assertThat(registered.getStatus().getNodeInfo().getContainerRuntimeVersion())
                .startsWith("containerd://1.");
        await().atMost(SOON)
                .until(() -> api.nodes().getLast().getStatus().getConditions().stream()
                        .anyMatch(c ->
                                c.getType().equals("Ready") && c.getStatus().equals("True")));
    }
}
