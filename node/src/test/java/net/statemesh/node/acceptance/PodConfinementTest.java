// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a container gets and what it is held to. */
@Tag("acceptance")
class PodConfinementTest extends AgentFixture {
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
        assertThat(read(node.cgroups(group), "pids.max")).isEqualTo("4096");
        assertThat(api.status(uid).getQosClass()).isEqualTo("Burstable");
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
    void filesThatTheAgentWritesAgainAreOutOfReachOfContainers() throws Exception {
        api.putConfigMap("settings", Map.of("greeting", "hello".getBytes(StandardCharsets.UTF_8)));
        String uid = create(new PodBuilder(Pods.pod(
                                "readonly",
                                Pods.shell(
                                                "main",
                                                "rm -f /settings/greeting || echo refused; cat /settings/greeting; echo; exec sleep 600")
                                        .addNewVolumeMount()
                                        .withName("settings")
                                        .withMountPath("/settings")
                                        .endVolumeMount()
                                        .build())
                        .build())
                .editSpec()
                .addNewVolume()
                .withName("settings")
                .withNewConfigMap()
                .withName("settings")
                .endConfigMap()
                .endVolume()
                .endSpec()
                .build());
        awaitPhase(uid, "Running");
        await().atMost(SOON)
                .until(() -> kubelet.get("/containerLogs/default/readonly/main")
                        .body()
                        .contains("hello"));
        assertThat(kubelet.get("/containerLogs/default/readonly/main").body()).contains("refused");
    }
}
