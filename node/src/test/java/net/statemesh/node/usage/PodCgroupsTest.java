// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodCgroupsTest {
    private static final long MOST_PIDS_OF_A_POD = 4_096;
    private static final long SMALLEST_PID_MAX = 32_768;

    @TempDir
    Path root;

    @Test
    void everyPodHasABoundedNumberOfProcessesAndSoHaveAllTogether() throws IOException {
        new PodCgroups(CgroupLayout.detect(root), "/node-1/pods").create(pod());
        assertThat(root.resolve("pids/node-1/pods/poda/pids.max")).hasContent(String.valueOf(MOST_PIDS_OF_A_POD));
        long together = Long.parseLong(Files.readString(root.resolve("pids/node-1/pods/pids.max")));
        assertThat(together).isBetween(MOST_PIDS_OF_A_POD, SMALLEST_PID_MAX * 128);
    }

    @Test
    void oneHierarchyHoldsAllLimits() throws IOException {
        Files.writeString(root.resolve("cgroup.controllers"), "cpu memory pids");
        new PodCgroups(CgroupLayout.detect(root), "/node-1/pods").create(pod());
        assertThat(root.resolve("node-1/pods/poda/pids.max")).hasContent("4096");
        assertThat(root.resolve("node-1/pods/poda/memory.max")).hasContent("max");
        assertThat(root.resolve("node-1/pods/pids.max")).exists();
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("a")
                .withUid("a")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .endContainer()
                .endSpec()
                .build();
    }
}
