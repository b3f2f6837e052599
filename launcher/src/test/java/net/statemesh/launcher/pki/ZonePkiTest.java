// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.pki;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.statemesh.identity.PemFiles;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.network.NetworkPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZonePkiTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path root;

    @Test
    void everyProcessGetsTheIdentityOfTheArchitecture() throws Exception {
        pki(START).ensure();
        assertSubject("admin", "CN=admin,O=system:masters");
        assertSubject("master", "CN=statemesh:master,O=statemesh:masters");
        assertSubject("ingress", "CN=statemesh:ingress,O=statemesh:ingress");
        assertSubject("node-2", "CN=system:node:node-2,O=system:nodes");
        assertSubject("api-server", "CN=statemesh:api-server");
        assertThat(addresses("api-server")).contains("127.0.0.1", "10.64.0.1");
        assertThat(addresses("node-2")).contains("10.64.0.12");
    }

    @Test
    void onlyTheOwnerReadsKeysAndEverybodyReadsTheCertificateOfThePublicAuthority() throws IOException {
        pki(START).ensure();
        ZoneFolder folder = new ZoneFolder(root);
        for (String name : List.of("zone-ca", "public-ca", "admin", "node-1")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.key(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.pki())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.caCertificate())))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void secondStartChangesNothing() throws IOException {
        pki(START).ensure();
        byte[] before = Files.readAllBytes(new ZoneFolder(root).certificate("master"));
        assertThat(pki(START.plus(Duration.ofDays(1))).ensure()).isEmpty();
        assertThat(Files.readAllBytes(new ZoneFolder(root).certificate("master")))
                .isEqualTo(before);
    }

    @Test
    void identitiesAreRenewedBeforeTheyEndAndAuthoritiesStay() throws IOException {
        pki(START).ensure();
        ZoneFolder folder = new ZoneFolder(root);
        byte[] authority = Files.readAllBytes(folder.certificate("zone-ca"));
        Instant later = START.plus(Duration.ofDays(61));

        assertThat(pki(later).ensure())
                .contains("admin", "master", "ingress", "api-server", "registry", "node-1", "node-3");
        assertThat(Files.readAllBytes(folder.certificate("zone-ca"))).isEqualTo(authority);
        assertThat(certificate("master").getNotAfter().toInstant()).isAfter(later.plus(Duration.ofDays(80)));
    }

    @Test
    void keyWithoutItsCertificateIsIssuedAnew() throws IOException {
        pki(START).ensure();
        ZoneFolder folder = new ZoneFolder(root);
        Files.copy(folder.key("node-2"), folder.key("node-1"), REPLACE_EXISTING);
        assertThat(pki(START).ensure()).containsExactly("node-1");
        assertThat(pki(START).ensure()).isEmpty();
    }

    @Test
    void lostKeyIsIssuedAnew() throws IOException {
        pki(START).ensure();
        Files.delete(new ZoneFolder(root).key("registry"));
        assertThat(pki(START).ensure()).containsExactly("registry");
    }

    private ZonePki pki(Instant now) {
        ZoneRecord zone = new ZoneRecord(
                "local-1",
                "statemesh.localhost",
                8443,
                8080,
                6440,
                64,
                "10.64.0.1:5000",
                new NetworkPlan(64, 3).nodes(),
                List.of());
        return new ZonePki(new ZoneFolder(root), zone, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }

    private void assertSubject(String identity, String expected) {
        assertThat(certificate(identity).getSubjectX500Principal().getName()).isEqualTo(expected);
    }

    private List<String> addresses(String identity) throws CertificateParsingException {
        return certificate(identity).getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    }

    private X509Certificate certificate(String identity) {
        return PemFiles.readCertificates(new ZoneFolder(root).certificate(identity))
                .getFirst();
    }
}
