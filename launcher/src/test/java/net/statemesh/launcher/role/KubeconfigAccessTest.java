// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.identity.AlternativeNames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Kubeconfig;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigAccessTest {
    @TempDir
    private Path folder;

    @Test
    void theKeyIsReadAsWhatItsCertificateSaysItIs() {
        CertificateAuthority authority = CertificateAuthority.create(
                "test", List.of(), Duration.ofDays(1), Clock.systemUTC(), new SecureRandom());
        Identity master = authority.issue(
                new Subject("statemesh:master"), AlternativeNames.NONE, Usage.CLIENT, Duration.ofHours(1));
        Path file = folder.resolve("kubeconfig");
        new Kubeconfig("zone", "master", URI.create("https://127.0.0.1:1"), authority.certificate(), master, "default")
                .store(file);
        Config access = KubeconfigAccess.read(file);
        assertThat(access.getClientKeyAlgo()).isEqualTo("EC");
        new KubernetesClientBuilder().withConfig(access).build().close();
    }

    @Test
    void aUserWithATokenHasNoKey() throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), """
                {"apiVersion": "v1", "kind": "Config", "current-context": "c",
                 "clusters": [{"name": "z", "cluster": {"server": "https://127.0.0.1:1"}}],
                 "users": [{"name": "u", "user": {"token": "t"}}],
                 "contexts": [{"name": "c", "context": {"cluster": "z", "user": "u"}}]}
                """);
        assertThat(KubeconfigAccess.read(file).getAutoOAuthToken()).isEqualTo("t");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> KubeconfigAccess.read(folder.resolve("none")))
                .isInstanceOf(StateMeshException.class)
                .hasMessageContaining(folder.resolve("none").toString());
    }
}
