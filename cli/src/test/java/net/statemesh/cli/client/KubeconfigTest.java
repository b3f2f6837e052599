// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
    @TempDir
    Path folder;

    @Test
    void readsTheCurrentContextInlineAndFromFiles() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), "AUTHORITY");
        Path file = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: two
                contexts:
                - {name: one, context: {cluster: c1, user: u1}}
                - {name: two, context: {cluster: c2, user: u2}}
                clusters:
                - {name: c1, cluster: {server: "https://one"}}
                - name: c2
                  cluster: {server: "https://two:6443", certificate-authority: ca.pem}
                users:
                - {name: u1, user: {token: no}}
                - name: u2
                  user: {client-certificate-data: %s, token: abc}
                """.formatted(
                        Base64.getEncoder().encodeToString("CHAIN".getBytes(US_ASCII))));
        Kubeconfig read = Kubeconfig.read(file);
        assertThat(read.server()).hasToString("https://two:6443");
        assertThat(read.user()).isEqualTo("u2");
        assertThat(read.authorityPem()).isEqualTo("AUTHORITY");
        assertThat(read.certificatePem()).isEqualTo("CHAIN");
        assertThat(read.token()).isEqualTo("abc");
    }

    @Test
    void sayWhatIsMissing() throws IOException {
        Path file = Files.writeString(folder.resolve("kubeconfig"), "current-context: x\ncontexts: []\n");
        assertThatThrownBy(() -> Kubeconfig.read(file)).hasMessageContaining("it has no entry 'x' in contexts");
        assertThatThrownBy(() -> Kubeconfig.read(folder.resolve("none"))).hasMessageContaining("the file is not there");
    }

    @Test
    void readsKeysAsInstallersWriteThem() throws Exception {
        assertThat(PrivateKeyPem.parse(openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout")))
                .isInstanceOf(ECPrivateKey.class);
        assertThat(PrivateKeyPem.parse(openssl("ecparam", "-name", "secp384r1", "-genkey", "-noout")))
                .isInstanceOf(ECPrivateKey.class);
        assertThat(PrivateKeyPem.parse(openssl("genrsa", "-traditional", "2048")))
                .isInstanceOf(RSAPrivateKey.class);
        assertThat(PrivateKeyPem.parse(openssl("genpkey", "-algorithm", "RSA"))).isInstanceOf(RSAPrivateKey.class);
        assertThat(PrivateKeyPem.parse(openssl("genpkey", "-algorithm", "ed25519"))
                        .getAlgorithm())
                .isEqualTo("EdDSA");
        assertThatThrownBy(() -> PrivateKeyPem.parse("nothing")).hasMessageContaining("no PEM block");
    }

    private static String openssl(String... arguments) throws IOException, InterruptedException {
        java.util.List<String> command = new java.util.ArrayList<>(java.util.List.of("openssl"));
        command.addAll(java.util.List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String pem = new String(process.getInputStream().readAllBytes(), US_ASCII);
        assertThat(process.waitFor()).isZero();
        return pem;
    }
}
