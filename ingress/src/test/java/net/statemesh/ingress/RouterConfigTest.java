// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterConfigTest {
    private static final String REST =
            "\"kubeconfig\":\"k\",\"publicCaCertificate\":\"c\",\"publicCaKey\":\"k\",\"stateDirectory\":\"s\"";

    @TempDir
    private Path folder;

    @Test
    void comesBackFromItsJson() throws Exception {
        RouterConfig config = new RouterConfig(
                Path.of("/zone/ingress.kubeconfig"),
                List.of("0.0.0.0:8443", "[::]:8443"),
                List.of("0.0.0.0:8080"),
                List.of("10.0.0.1:8000"),
                "127.0.0.1:9100",
                Path.of("/zone/ca.crt"),
                Path.of("/zone/pki/public-ca.key"),
                Path.of("/zone/ingress"),
                Path.of("/zone/logs/access.log"),
                2,
                Limits.DEFAULTS);

        assertThat(read(config.toJson())).isEqualTo(config);
    }

    @Test
    void limitsThatAreLeftOutHaveTheirDefaults() throws Exception {
        RouterConfig config = read("{\"httpsListen\":[\"127.0.0.1:1\"],\"limits\":{\"maxHeaders\":7}," + REST + "}");

        assertThat(config.limits().maxHeaders()).isEqualTo(7);
        assertThat(config.limits().maxHeadBytes()).isEqualTo(Limits.DEFAULTS.maxHeadBytes());
        assertThat(config.httpListen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"httpsListen\":[]' | httpsListen",
                "'\"httpsListen\":[\"8443\"]' | '8443'",
                "'\"httpsListen\":[\"localhost:8443\"]' | localhost",
                "'\"httpsListen\":[\"127.0.0.1:70000\"]' | 70000",
                "'\"httpsListen\":[\"127.0.0.1:1\"],\"loops\":-1' | loops",
                "'\"httpsListen\":[\"127.0.0.1:1\"],\"adminListen\":\"0.0.0.0:1\"' | adminListen",
                "'\"httpsListen\":[\"127.0.0.1:1\"],\"limits\":{\"maxHeaders\":-1}' | limits.maxHeaders",
                "'\"httpsListen\":[\"127.0.0.1:1\"],\"limits\":{\"maxHeadBytes\":10}' | limits.maxHeadBytes"
            })
    void wrongValuesAreNamed(String json, String named) {
        assertThatThrownBy(() -> read("{" + json + "," + REST + "}"))
                .isInstanceOfSatisfying(
                        StateMeshException.class,
                        refused -> assertThat(refused.code()).isEqualTo(IngressErrors.BAD_CONFIG))
                .hasMessageContaining(named);
    }

    @Test
    void unknownAndMissingFieldsAreRefused() {
        assertThatThrownBy(() -> read("{\"httpsListen\":[\"127.0.0.1:1\"],\"htpListen\":[]," + REST + "}"))
                .isInstanceOfSatisfying(
                        StateMeshException.class,
                        refused -> assertThat(refused.evidence().getFirst()).contains("htpListen"));
        assertThatThrownBy(() -> read("{\"httpsListen\":[\"127.0.0.1:1\"]}"))
                .hasMessageContaining("kubeconfig is missing");
        assertThatThrownBy(() -> read("{")).isInstanceOf(StateMeshException.class);
        assertThatThrownBy(() -> RouterConfig.read(folder.resolve("missing"))).isInstanceOf(StateMeshException.class);
    }

    private RouterConfig read(String json) throws Exception {
        return RouterConfig.read(Files.writeString(folder.resolve("router.json"), json));
    }
}
