// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.statemesh.node.Agent;
import net.statemesh.node.AgentAccess;
import net.statemesh.node.kube.FakeApi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("acceptance")
class PodLifecycleTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SLEEP = "trap 'exit 0' TERM; while true; do sleep 0.2; done";
    private static RealNode node;
    private static FakeApi api;
    private static Agent agent;
    private static Kubelet kubelet;

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
    void memoryLimitEndsAContainerAsOutOfMemory() {
        String uid = create(Pods.pod(
                        "oom",
                        Pods.shell("main", "sleep 0.5; exec dd if=/dev/zero of=/dev/null bs=200M")
                                .withNewResources()
                                .addToLimits("memory", new Quantity("32Mi"))
                                .endResources()
                                .build())
                .editSpec()
                .withRestartPolicy("Never")
                .endSpec()
                .build());
        awaitPhase(uid, "Failed");
        assertThat(main(uid).getState().getTerminated().getReason()).isEqualTo("OOMKilled");
        assertThat(main(uid).getState().getTerminated().getExitCode()).isEqualTo(137);
    }

    @Test
    void cpuAndMemoryLimitsHoldForThePodAsAWhole() throws IOException {
        String uid = create(Pods.pod(
                        "limits",
                        Pods.shell("main", SLEEP)
                                .withNewResources()
                                .addToRequests("cpu", new Quantity("250m"))
                                .addToLimits("cpu", new Quantity("500m"))
                                .addToLimits("memory", new Quantity("64Mi"))
                                .endResources()
                                .build())
                .build());
        awaitPhase(uid, "Running");
        String group = node.cgroupParent() + "/pod" + uid;
        List<Path> cpu = node.cgroups(group);
        assertThat(cpu).isNotEmpty();
        assertThat(read(cpu, "cpu.cfs_quota_us", "cpu.max")).startsWith("50000");
        assertThat(read(cpu, "memory.limit_in_bytes", "memory.max")).isEqualTo(String.valueOf(64 << 20));
        assertThat(api.status(uid).getQosClass()).isEqualTo("Burstable");
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
    void environmentVolumesAndIdentityAreWhatThePodAsksFor() throws Exception {
        api.putSecret("credentials", Map.of("password", "s3cret".getBytes(StandardCharsets.UTF_8)));
        api.putConfigMap("settings", Map.of("greeting", "hello".getBytes(StandardCharsets.UTF_8)));
        Pod pod = new PodBuilder(Pods.pod(
                                "inside",
                                Pods.shell(
                                                "main",
                                                "echo $GREETING $PASSWORD $NAME; cat /settings/greeting; echo; id -u; touch /x || echo read-only; "
                                                        + "touch /scratch/y && echo writable; hostname; exec sleep 600")
                                        .withEnv(
                                                new EnvVarBuilder()
                                                        .withName("NAME")
                                                        .withNewValueFrom()
                                                        .withNewFieldRef()
                                                        .withFieldPath("metadata.name")
                                                        .endFieldRef()
                                                        .endValueFrom()
                                                        .build(),
                                                new EnvVarBuilder()
                                                        .withName("PASSWORD")
                                                        .withNewValueFrom()
                                                        .withNewSecretKeyRef("password", "credentials", false)
                                                        .endValueFrom()
                                                        .build(),
                                                new EnvVarBuilder()
                                                        .withName("GREETING")
                                                        .withValue("$(NAME)-hi")
                                                        .build())
                                        .addNewVolumeMount()
                                        .withName("settings")
                                        .withMountPath("/settings")
                                        .withReadOnly(true)
                                        .endVolumeMount()
                                        .addNewVolumeMount()
                                        .withName("scratch")
                                        .withMountPath("/scratch")
                                        .endVolumeMount()
                                        .withNewSecurityContext()
                                        .withRunAsUser(1234L)
                                        .withReadOnlyRootFilesystem(true)
                                        .withAllowPrivilegeEscalation(false)
                                        .withNewCapabilities()
                                        .addToDrop("ALL")
                                        .endCapabilities()
                                        .endSecurityContext()
                                        .build())
                        .build())
                .editSpec()
                .addNewVolume()
                .withName("settings")
                .withNewConfigMap()
                .withName("settings")
                .endConfigMap()
                .endVolume()
                .addNewVolume()
                .withName("scratch")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();
        String uid = create(pod);
        awaitPhase(uid, "Running");
        await().atMost(SOON)
                .until(() ->
                        kubelet.get("/containerLogs/default/inside/main").body().contains("writable"));
        assertThat(kubelet.get("/containerLogs/default/inside/main").body().lines())
                .contains("inside-hi s3cret inside", "hello", "1234", "read-only", "writable", "inside");
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

    private static String create(Pod pod) {
        return api.create(pod).getMetadata().getUid();
    }

    private static void awaitPhase(String uid, String phase) {
        await().atMost(SOON)
                .until(
                        () -> api.pod(uid)
                                .map(Pod::getStatus)
                                .map(s -> s.getPhase())
                                .orElse(""),
                        phase::equals);
    }

    private static ContainerStatus main(String uid) {
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

    private static String containerId(String uid) {
        return main(uid).getContainerID().replace("containerd://", "");
    }

    private static String read(List<Path> groups, String... names) throws IOException {
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
