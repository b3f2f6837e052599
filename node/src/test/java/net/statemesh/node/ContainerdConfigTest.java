// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerdConfigTest {
    @Test
    void configKeepsEveryNodeToItsOwnFolders() {
        String toml = config("/z/n", true).render();
        assertThat(toml)
                .contains("root = \"/z/n/root\"")
                .contains("state = \"/z/n/state\"")
                .contains("address = \"/z/n/containerd.sock\"")
                .contains("[plugins.\"io.containerd.internal.v1.opt\"]\n  path = \"/z/n/opt\"")
                .contains("stream_server_address = \"127.0.0.1\"")
                .contains("sandbox_image = \"localhost/pause:1\"")
                .contains("restrict_oom_score_adj = false")
                .contains("SystemdCgroup = false");
    }

    @Test
    void oomScoresAreRestrictedWhereTheProcessMayNotLowerThem() {
        assertThat(config("/z", false).render()).contains("restrict_oom_score_adj = true");
        assertThat(Privileges.maySetResources(List.of("Name:\tx", "CapBnd:\t000001fffeffffff")))
                .isFalse();
        assertThat(Privileges.maySetResources(List.of("CapBnd:\t000001ffffffffff")))
                .isTrue();
        assertThat(Privileges.maySetResources(List.of())).isFalse();
    }

    @Test
    void pathsThatNeedItAreEscaped() {
        assertThat(config("/a \"b\"\\c", true).render()).contains("root = \"/a \\\"b\\\"\\\\c/root\"");
    }

    @Test
    void registryIsReachedByMutualTls() {
        RegistryHosts hosts =
                new RegistryHosts("10.64.0.1:5000", Path.of("/p/ca.crt"), Path.of("/p/n.crt"), Path.of("/p/n.key"));
        assertThat(hosts.directory(Path.of("/certs.d"))).isEqualTo(Path.of("/certs.d/10.64.0.1:5000"));
        assertThat(hosts.render()).isEqualTo("""
                        server = "https://10.64.0.1:5000"
                        capabilities = ["pull", "resolve"]
                        ca = "/p/ca.crt"
                        client = [["/p/n.crt", "/p/n.key"]]

                        [host]
                        """);
    }

    @Test
    void configurationThatMakesNoSenseNamesTheField(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("agent.json");
        Files.writeString(file, "{\"nodeName\": \"n\"}");
        assertThatThrownBy(() -> AgentConfig.read(file))
                .isInstanceOf(StateMeshException.class)
                .hasMessageContaining("zone");
        Files.writeString(file, "{\"nodeName\": ");
        assertThatThrownBy(() -> AgentConfig.read(file))
                .isInstanceOf(StateMeshException.class)
                .hasMessageContaining(file.toString());
    }

    private static ContainerdConfig config(String base, boolean mayRaiseOomScore) {
        Path folder = Path.of(base);
        return new ContainerdConfig(
                folder.resolve("root"),
                folder.resolve("state"),
                folder.resolve("containerd.sock"),
                folder.resolve("opt"),
                Path.of("/usr/lib/cni"),
                folder.resolve("cni"),
                "localhost/pause:1",
                folder.resolve("certs.d"),
                mayRaiseOomScore,
                false);
    }
}
