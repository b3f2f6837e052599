// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs through the kubelet, and who is taken for a kubelet. */
class KubeletProxyTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir
    static Path folder;

    private static TestZone zone;
    private static FakeKubelet kubelet;

    @BeforeAll
    static void start() {
        zone = TestZone.start(folder);
        kubelet = FakeKubelet.start(zone, "node-1");
        kubelet.join(zone, "node-1", "web");
    }

    @AfterAll
    static void stop() {
        kubelet.close();
        zone.close();
    }

    @Test
    void logsComeFromThePodsNode() {
        TestZone.Answer logs = zone.get(PODS + "/web/log?tailLines=3&timestamps=true");
        assertThat(logs.code()).isEqualTo(200);
        assertThat(logs.at("/text")).isEqualTo("line of /containerLogs/default/web/main?timestamps=true&tailLines=3\n");
    }

    @Test
    void containerMustBeThePods() {
        TestZone.Answer refused = zone.get(PODS + "/web/log?container=other");
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.message()).isEqualTo("container other is not valid for pod web, choose one of: [main]");
    }

    @Test
    void unboundPodHasNoLogs() {
        zone.post(PODS, DeletionTest.pod("loose"));
        assertThat(zone.get(PODS + "/loose/log").message()).isEqualTo("pod loose does not have a host assigned");
    }

    @Test
    void serverThatIsNotTheNodeIsNotTrusted() {
        try (FakeKubelet impostor = FakeKubelet.start(zone, "node-9")) {
            impostor.join(zone, "node-2", "lured");
            TestZone.Answer refused = zone.get(PODS + "/lured/log");
            assertThat(refused.code()).isEqualTo(502);
            assertThat(refused.message())
                    .contains("node node-2 is not trusted")
                    .contains("not for CN=system:node:node-2");
            assertThat(impostor.targets()).isEmpty();
        }
    }

    @Test
    void execWithoutAnUpgradeIsRefused() {
        assertThat(zone.post(PODS + "/web/exec?command=ls", "{}").message()).isEqualTo("Upgrade request required");
    }
}
