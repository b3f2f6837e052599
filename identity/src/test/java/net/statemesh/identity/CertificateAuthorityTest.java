// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import net.statemesh.api.error.StateMeshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.750Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration YEAR = Duration.ofDays(365);

    private final CertificateAuthority authority = authority(List.of());

    @TempDir
    private Path folder;

    @Test
    void certificatesCarryWhatKubernetesReads() throws Exception {
        X509Certificate certificate = authority
                .issue(new Subject("system:node:node-1", "system:nodes"), AlternativeNames.NONE, Usage.CLIENT, YEAR)
                .certificate();

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=system:node:node-1,O=system:nodes");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        validate(certificate, authority);
    }

    @Test
    void certificatesStartFiveMinutesBackInWholeSeconds() {
        X509Certificate certificate = issue("a.example").certificate();

        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(Instant.parse("2026-03-01T11:55:00Z"));
    }

    @Test
    void certificatesDoNotOutliveTheRoot() {
        X509Certificate certificate = authority
                .issue(new Subject("late"), AlternativeNames.NONE, Usage.CLIENT, YEAR.multipliedBy(100))
                .certificate();

        assertThat(certificate.getNotAfter()).isEqualTo(authority.certificate().getNotAfter());
    }

    @Test
    void serialsAreRandomAndPositive() {
        var first = issue("a.example").certificate().getSerialNumber();
        var second = issue("a.example").certificate().getSerialNumber();

        assertThat(first).isPositive().isNotEqualTo(second);
        assertThat(first.bitLength()).isBetween(64, 128);
    }

    @Test
    void serverNamesAndAddressesAreInTheCertificate() throws Exception {
        var names = new AlternativeNames(
                List.of("localhost", "*.zone.example"),
                List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")));

        X509Certificate certificate = authority
                .issue(new Subject("api"), names, Usage.CLIENT_AND_SERVER, YEAR)
                .certificate();

        assertThat(certificate.getSubjectAlternativeNames())
                .<Object>extracting(entry -> entry.get(1))
                .containsExactly("localhost", "*.zone.example", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.1");
        validate(certificate, authority);
    }

    @Test
    void constrainedRootVouchesForItsDomainOnly() throws Exception {
        CertificateAuthority constrained = authority(List.of("zone.example"));
        var inside = serverCertificate(constrained, AlternativeNames.dns("*.zone.example", "shop.zone.example"));
        var outside = serverCertificate(constrained, AlternativeNames.dns("bank.example"));
        var address = serverCertificate(
                constrained, new AlternativeNames(List.of(), List.of(InetAddress.ofLiteral("127.0.0.1"))));

        validate(inside, constrained);
        assertThatThrownBy(() -> validate(outside, constrained)).isInstanceOf(CertPathValidatorException.class);
        assertThatThrownBy(() -> validate(address, constrained)).isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void anotherRootIsNotTrusted() {
        X509Certificate foreign = issue("a.example").certificate();

        assertThatThrownBy(() -> validate(foreign, authority(List.of())))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void requestIsSignedForWhatTheCallerDecided() throws Exception {
        var keys = CertificateAuthority.generateKeys(RANDOM);
        var wish = new AlternativeNames(List.of("node-1"), List.of(InetAddress.ofLiteral("10.64.0.11")));
        String pem = CertificateRequest.create(keys, new Subject("system:masters", "system:masters"), wish);

        CertificateRequest request = CertificateRequest.parse(pem);
        X509Certificate certificate = authority.sign(
                request, new Subject("system:node:node-1", "system:nodes"), request.names(), Usage.CLIENT, YEAR);

        assertThat(request.subject()).isEqualTo(new Subject("system:masters", "system:masters"));
        assertThat(request.names()).isEqualTo(wish);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=system:node:node-1,O=system:nodes");
        assertThat(certificate.getPublicKey()).isEqualTo(keys.getPublic());
        validate(certificate, authority);
    }

    @Test
    void requestSignedByAnotherKeyIsRefused() {
        var victim = CertificateAuthority.generateKeys(RANDOM);
        var thief = CertificateAuthority.generateKeys(RANDOM);
        var stolen = new java.security.KeyPair(victim.getPublic(), thief.getPrivate());
        String pem = CertificateRequest.create(stolen, new Subject("x"), AlternativeNames.NONE);

        assertThatThrownBy(() -> CertificateRequest.parse(pem))
                .isInstanceOf(StateMeshException.class)
                .hasMessageContaining("not signed by its own key");
        assertThatThrownBy(() -> CertificateRequest.parse("hello")).hasMessageContaining("PEM");
        assertThatThrownBy(() -> CertificateRequest.parse("x".repeat(20_000))).hasMessageContaining("longer than");
    }

    @Test
    void storedAuthoritySignsOnAfterARestart() throws Exception {
        Path certificate = folder.resolve("pki/ca.crt");
        Path key = folder.resolve("pki/ca.key");
        CertificateAuthority first =
                CertificateAuthority.loadOrCreate(certificate, key, "test root", List.of(), YEAR, CLOCK, RANDOM);

        CertificateAuthority again =
                CertificateAuthority.loadOrCreate(certificate, key, "test root", List.of(), YEAR, CLOCK, RANDOM);

        assertThat(again.certificate()).isEqualTo(first.certificate());
        validate(serverCertificate(again, AlternativeNames.dns("a.example")), first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        try (var files = Files.list(key.getParent())) {
            assertThat(files).containsExactlyInAnyOrder(certificate, key);
        }
    }

    private Identity issue(String dnsName) {
        return authority.issue(new Subject(dnsName), AlternativeNames.dns(dnsName), Usage.SERVER, YEAR);
    }

    private static X509Certificate serverCertificate(CertificateAuthority authority, AlternativeNames names) {
        return authority.issue(new Subject("server"), names, Usage.SERVER, YEAR).certificate();
    }

    private static CertificateAuthority authority(List<String> domains) {
        return CertificateAuthority.create("test root", domains, YEAR.multipliedBy(10), CLOCK, RANDOM);
    }

    private static void validate(X509Certificate certificate, CertificateAuthority authority) throws Exception {
        X509Certificate root = authority.certificate();
        // the root stands in the path too, because the JDK ignores the name constraints of a trust anchor
        TrustAnchor anchor = new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null);
        PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(NOW));
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate, root)),
                        parameters);
    }
}
