// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From the first start of a pod to its end. */
@Tag("acceptance")
class PodLifecycleTest extends AgentFixture {
    @Test
    void podRunsAndIsRemovedWithoutTrace() throws IOException {
        Pod pod = api.create(Pods.running("lifecycle", SLEEP));
        String uid = pod.getMetadata().getUid();
        awaitPhase(uid, "Running");
        assertThat(api.status(uid).getPodIP()).startsWith("10.202.");
        assertThat(main(uid).getReady()).isTrue();
        assertThat(main(uid).getRestartCount()).isZero();
        assertThat(api.reasons(uid)).contains("Started");

        api.delete(uid, 2);
        await().atMost(SOON).until(() -> api.pod(uid).isEmpty());
        assertThat(node.podLinks()).isEmpty();
        assertThat(node.mounts()).isEmpty();
        assertThat(node.cgroups(node.cgroupParent() + "/pod" + uid)).isEmpty();
        Path folder = node.config().stateDirectory().resolve("pods").resolve(uid);
        await().atMost(SOON).until(() -> !Files.exists(folder));
    }

    @Test
    void crashingContainerIsRestartedWithBackOffAndKeepsItsWords() throws Exception {
        String uid = create(Pods.running("crash", "echo attempt; echo last words > /dev/termination-log; exit 7"));
        await().atMost(SOON)
                .until(() -> main(uid).getState().getWaiting() != null
                        && "CrashLoopBackOff"
                                .equals(main(uid).getState().getWaiting().getReason()));
        assertThat(main(uid).getRestartCount()).isEqualTo(1);
        assertThat(main(uid).getLastState().getTerminated().getExitCode()).isEqualTo(7);
        assertThat(main(uid).getLastState().getTerminated().getReason()).isEqualTo("Error");
        assertThat(main(uid).getLastState().getTerminated().getMessage()).isEqualTo("last words\n");
        assertThat(kubelet.get("/containerLogs/default/crash/main?previous=true")
                        .body())
                .isEqualTo("attempt\n");
    }

    @Test
    void jobEndsAndIsReportedAsSucceeded() {
        Pod job = new PodBuilder(Pods.running("job", "exit 0"))
                .editSpec()
                .withRestartPolicy("Never")
                .endSpec()
                .build();
        String uid = create(job);
        awaitPhase(uid, "Succeeded");
        assertThat(main(uid).getState().getTerminated().getReason()).isEqualTo("Completed");
    }

    @Test
    void unpreparedImageIsReportedAndRetried() {
        String uid = create(Pods.pod(
                        "image",
                        Pods.shell("main", SLEEP)
                                .withImage("127.0.0.1:1/nothing:1")
                                .build())
                .build());
        await().atMost(SOON)
                .until(() -> main(uid).getState().getWaiting() != null
                        && "ErrImagePull"
                                .equals(main(uid).getState().getWaiting().getReason()));
        assertThat(main(uid).getState().getWaiting().getMessage()).contains("127.0.0.1:1");
        assertThat(api.status(uid).getPhase()).isEqualTo("Pending");
    }

    @Test
    void readinessAndLivenessProbesReachTheContainer() {
        String uid = create(Pods.pod(
                        "probes",
                        Pods.shell(
                                        "main",
                                        "mkdir -p /www; echo ok > /www/index.html; touch /alive; exec httpd -f -p 8080 -h /www")
                                .withNewReadinessProbe()
                                .withNewHttpGet()
                                .withNewPort(8080)
                                .withPath("/index.html")
                                .endHttpGet()
                                .withPeriodSeconds(1)
                                .endReadinessProbe()
                                .withNewLivenessProbe()
                                .withNewExec()
                                .withCommand("/bin/test", "-e", "/alive")
                                .endExec()
                                .withPeriodSeconds(1)
                                .withFailureThreshold(2)
                                .endLivenessProbe()
                                .build())
                .build());
        await().atMost(SOON).until(() -> main(uid).getReady());
        Shell.run(
                "ctr",
                "-a",
                node.socket().toString(),
                "-n",
                "k8s.io",
                "tasks",
                "exec",
                "--exec-id",
                "x",
                containerId(uid),
                "rm",
                "/alive");
        await().atMost(SOON).until(() -> main(uid).getRestartCount() == 1);
        assertThat(api.reasons(uid)).contains("Unhealthy", "Killing");
    }
}
