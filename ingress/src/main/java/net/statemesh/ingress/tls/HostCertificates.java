// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.identity.AlternativeNames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Certificates on disk, one pair of files per host; made when missing, damaged, of another CA or about to expire. */
public final class HostCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(HostCertificates.class);
    private static final Duration VALIDITY = Duration.ofDays(90);
    private static final String CERTIFICATE = ".crt";
    private static final String KEY = ".key";
    /** The names stand in the alternative names: this is for people who look at the certificate. */
    private static final Subject SUBJECT = new Subject("StateMesh ingress", "StateMesh");

    private final CertificateAuthority authority;
    private final Path folder;
    private final int maxCertificates;
    private final InstantSource clock;

    public HostCertificates(CertificateAuthority authority, Path folder, int maxCertificates, InstantSource clock) {
        this.authority = authority;
        this.folder = folder;
        this.maxCertificates = maxCertificates;
        this.clock = clock;
    }

    /**
     * A certificate for these names, kept under the first.
     *
     * @param names lower case DNS names; the first may start with {@code *.}
     */
    public synchronized Identity get(List<String> names) {
        String base = names.getFirst().replace("*", "_");
        Path certificate = folder.resolve(base + CERTIFICATE);
        Path key = folder.resolve(base + KEY);
        if (Files.exists(certificate)) {
            try {
                Identity stored = Identity.load(certificate, key);
                if (isUsable(stored)) {
                    return stored;
                }
            } catch (StateMeshException e) {
                LOG.warn("event=certificate-damaged host={} cause=\"{}\"", names.getFirst(), e.sentence());
            }
        }
        Identity made =
                authority.issue(SUBJECT, AlternativeNames.dns(names.toArray(String[]::new)), Usage.SERVER, VALIDITY);
        made.store(certificate, key);
        LOG.info(
                "event=certificate-made host={} until={}",
                names.getFirst(),
                made.certificate().getNotAfter().toInstant());
        forgetOldest();
        return made;
    }

    private boolean isUsable(Identity stored) {
        return !stored.expiresSoon(clock.instant())
                && stored.certificate()
                        .getIssuerX500Principal()
                        .equals(authority.certificate().getSubjectX500Principal())
                && isSignedByUs(stored);
    }

    private boolean isSignedByUs(Identity stored) {
        try {
            stored.certificate().verify(authority.certificate().getPublicKey());
            return true;
        } catch (java.security.GeneralSecurityException e) {
            return false;
        }
    }

    private void forgetOldest() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> certificates = files.filter(file -> file.toString().endsWith(CERTIFICATE))
                    .sorted(Comparator.comparing(HostCertificates::modified))
                    .toList();
            for (Path old : certificates.subList(0, Math.max(0, certificates.size() - maxCertificates))) {
                Files.deleteIfExists(old);
                String name = old.getFileName().toString();
                Files.deleteIfExists(old.resolveSibling(name.substring(0, name.length() - CERTIFICATE.length()) + KEY));
            }
        } catch (IOException e) {
            LOG.warn("event=certificates-not-pruned folder={} cause=\"{}\"", folder, e.toString());
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
