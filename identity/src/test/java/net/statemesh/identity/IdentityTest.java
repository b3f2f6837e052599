// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create(
            "test root", List.of(), Duration.ofDays(365), Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());

    @TempDir
    private Path folder;

    @Test
    void comesBackFromItsFiles() {
        Identity stored = identity("one");
        stored.store(folder.resolve("one.crt"), folder.resolve("one.key"));

        Identity loaded = Identity.load(folder.resolve("one.crt"), folder.resolve("one.key"));

        assertThat(loaded).isEqualTo(stored);
        assertThat(loaded.subject()).isEqualTo(new Subject("one", "group-a", "group-b"));
    }

    @Test
    void rotatesAfterTwoThirdsOfItsLifetime() {
        Identity identity =
                AUTHORITY.issue(new Subject("short"), AlternativeNames.NONE, Usage.CLIENT, Duration.ofMinutes(85));

        assertThat(identity.expiresSoon(NOW.plus(Duration.ofMinutes(54)))).isFalse();
        assertThat(identity.expiresSoon(NOW.plus(Duration.ofMinutes(55)))).isTrue();
        assertThat(identity.expiresSoon(NOW.plus(Duration.ofDays(2)))).isTrue();
    }

    @Test
    void certificateOfAnotherKeyIsRefused() {
        identity("one").store(folder.resolve("one.crt"), folder.resolve("one.key"));
        identity("two").store(folder.resolve("two.crt"), folder.resolve("two.key"));

        assertThatThrownBy(() -> Identity.load(folder.resolve("one.crt"), folder.resolve("two.key")))
                .isInstanceOfSatisfying(
                        StateMeshException.class,
                        refused -> assertThat(refused.code()).isEqualTo(IdentityErrors.MISMATCH))
                .hasMessageContaining("one.crt");
    }

    @Test
    void damagedAndMissingFilesAreNamed() throws Exception {
        Files.writeString(folder.resolve("bad.crt"), "not a certificate");
        Files.writeString(folder.resolve("bad.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        Files.write(folder.resolve("huge.crt"), new byte[PemFiles.MAX_PEM_BYTES + 1]);

        for (String name : List.of("bad.crt", "missing.crt", "huge.crt")) {
            assertThatThrownBy(() -> PemFiles.readCertificates(folder.resolve(name)))
                    .isInstanceOf(StateMeshException.class)
                    .hasMessageContaining(name);
        }
        for (String name : List.of("bad.key", "missing.key", "bad.crt")) {
            assertThatThrownBy(() -> PemFiles.readKey(folder.resolve(name)))
                    .isInstanceOf(StateMeshException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void keyIsNeverPrinted() {
        assertThat(identity("one").toString()).contains("CN=one").doesNotContain("PrivateKey");
    }

    @Test
    void writeThatFailsLeavesTheOldFile() throws Exception {
        Identity first = identity("one");
        first.store(folder.resolve("one.crt"), folder.resolve("one.key"));
        Path notAFolder = Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> first.store(notAFolder.resolve("one.crt"), notAFolder.resolve("one.key")))
                .isInstanceOf(StateMeshException.class);
        assertThat(Identity.load(folder.resolve("one.crt"), folder.resolve("one.key")))
                .isEqualTo(first);
    }

    private static Identity identity(String name) {
        return AUTHORITY.issue(
                new Subject(name, "group-a", "group-b"), AlternativeNames.NONE, Usage.CLIENT, Duration.ofDays(1));
    }
}
