// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
    @TempDir
    private Path folder;

    @Test
    void kubernetesClientReadsIt() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create(
                "zone root", List.of(), Duration.ofDays(10), Clock.systemUTC(), new SecureRandom());
        Identity admin = authority.issue(
                new Subject("admin", "system:masters"), AlternativeNames.NONE, Usage.CLIENT, Duration.ofDays(1));
        Path file = folder.resolve("kubeconfig");

        new Kubeconfig(
                        "local-1",
                        "admin",
                        URI.create("https://127.0.0.1:6440"),
                        authority.certificate(),
                        admin,
                        "default")
                .store(file);

        Config config = Config.fromKubeconfig(file.toFile());
        assertThat(config.getMasterUrl()).isEqualTo("https://127.0.0.1:6440/");
        assertThat(config.getNamespace()).isEqualTo("default");
        assertThat(config.getCurrentContext().getName()).isEqualTo("local-1");
        assertThat(decoded(config.getCaCertData())).isEqualTo(PemFiles.text(List.of(authority.certificate())));
        assertThat(decoded(config.getClientCertData())).isEqualTo(PemFiles.text(admin.chain()));
        assertThat(decoded(config.getClientKeyData())).isEqualTo(PemFiles.text(admin.key()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.US_ASCII);
    }
}
