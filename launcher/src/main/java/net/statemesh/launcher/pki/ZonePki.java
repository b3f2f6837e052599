// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.pki;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.identity.AlternativeNames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Kubeconfig;
import net.statemesh.identity.PemFiles;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;

/**
 * The certificates of a zone. Two authorities: one for the zone's own processes, and a public one that can vouch for the zone's
 * generated names and for nothing else, so that a customer can trust it without harm.
 */
public final class ZonePki {
    private static final Logger LOG = Logger.getLogger(ZonePki.class.getName());
    public static final String ZONE_CA = "zone-ca";
    public static final String PUBLIC_CA = "public-ca";
    /** Of an authority. */
    public static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3650);

    private static final Duration IDENTITY_VALIDITY = Duration.ofDays(90);

    private final ZoneFolder folder;
    private final ZoneRecord zone;
    private final Clock clock;
    private final SecureRandom random;

    public ZonePki(ZoneFolder folder, ZoneRecord zone, Clock clock, SecureRandom random) {
        this.folder = folder;
        this.zone = zone;
        this.clock = clock;
        this.random = random;
    }

    /** Makes what is missing and renews what expires soon; gives back the names of the identities that changed. */
    public List<String> ensure() throws IOException {
        Files.createDirectories(
                folder.pki(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        CertificateAuthority authority = authority(ZONE_CA, "StateMesh zone " + zone.name(), List.of());
        CertificateAuthority publicAuthority =
                authority(PUBLIC_CA, "StateMesh names of " + zone.name(), List.of(zone.name() + "." + zone.domain()));
        PemFiles.publishCertificates(folder.caCertificate(), List.of(publicAuthority.certificate()));
        List<String> changed = new ArrayList<>();
        for (ZoneIdentity wanted : ZoneIdentity.all(zone)) {
            if (ensure(authority, wanted)) {
                changed.add(wanted.name());
            }
        }
        writeKubeconfig(authority.certificate());
        return changed;
    }

    /** Names of the identities of a zone, as its files are named. */
    public static List<String> identities(ZoneRecord zone) {
        return ZoneIdentity.all(zone).stream().map(ZoneIdentity::name).toList();
    }

    private CertificateAuthority authority(String name, String commonName, List<String> permittedDomains) {
        return CertificateAuthority.loadOrCreate(
                folder.certificate(name),
                folder.key(name),
                commonName,
                permittedDomains,
                AUTHORITY_VALIDITY,
                clock,
                random);
    }

    private boolean ensure(CertificateAuthority authority, ZoneIdentity wanted) throws IOException {
        Path certificate = folder.certificate(wanted.name());
        Path key = folder.key(wanted.name());
        if (isGood(certificate, key)) {
            return false;
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : wanted.addresses()) {
            addresses.add(InetAddress.getByName(address));
        }
        authority
                .issue(
                        wanted.subject(),
                        new AlternativeNames(wanted.dnsNames(), addresses),
                        wanted.usage(),
                        IDENTITY_VALIDITY)
                .store(certificate, key);
        return true;
    }

    /** A key without its certificate, left by whoever was killed between writing the two, is as good as none. */
    private boolean isGood(Path certificate, Path key) {
        try {
            return Files.exists(certificate)
                    && Files.exists(key)
                    && !Identity.load(certificate, key).expiresSoon(clock.instant());
        } catch (StateMeshException e) {
            LOG.log(Level.WARNING, "event=identity-made-anew reason=\"{0}\"", e.getMessage());
            return false;
        }
    }

    private void writeKubeconfig(X509Certificate authority) {
        Identity admin = Identity.load(folder.certificate(ZoneIdentity.ADMIN), folder.key(ZoneIdentity.ADMIN));
        new Kubeconfig(zone.name(), "admin", URI.create(zone.apiUrl()), authority, admin, "default")
                .store(folder.kubeconfig());
    }
}
