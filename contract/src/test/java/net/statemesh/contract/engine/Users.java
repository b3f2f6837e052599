// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import net.statemesh.identity.AlternativeNames;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.identity.Identity;
import net.statemesh.identity.Subject;
import net.statemesh.identity.Usage;
import org.jspecify.annotations.Nullable;

/** Makes client certificates that an engine accepts, and TLS that trusts the engine. */
public final class Users {
    private static final Duration LONG_AGO = Duration.ofDays(2);

    private final Path certificateFile;
    private final Path keyFile;
    private final CertificateAuthority authority;

    public Users(Path certificateFile, Path keyFile) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.authority = authority(Clock.systemUTC());
    }

    public Identity certificate(String name, Duration validity, String... groups) {
        return authority.issue(new Subject(name, List.of(groups)), AlternativeNames.NONE, Usage.CLIENT, validity);
    }

    /** A certificate whose time is over. */
    public Identity expired(String name, String... groups) {
        Clock then = Clock.fixed(Instant.now().minus(LONG_AGO), ZoneOffset.UTC);
        return authority(then)
                .issue(new Subject(name, List.of(groups)), AlternativeNames.NONE, Usage.CLIENT, Duration.ofHours(1));
    }

    /** A certificate of an authority that the engine has never heard of. */
    public static Identity stranger(String name, String... groups) {
        return CertificateAuthority.create(
                        "elsewhere", List.of(), Duration.ofDays(1), Clock.systemUTC(), new SecureRandom())
                .issue(new Subject(name, List.of(groups)), AlternativeNames.NONE, Usage.CLIENT, Duration.ofHours(1));
    }

    public CertificateAuthority authority() {
        return authority;
    }

    private CertificateAuthority authority(Clock clock) {
        return CertificateAuthority.load(certificateFile, keyFile, clock, new SecureRandom());
    }

    SSLContext tls(@Nullable Identity user) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            if (user != null) {
                keys.setKeyEntry("me", user.key(), new char[0], user.chain().toArray(X509Certificate[]::new));
            }
            KeyManagerFactory mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            mine.init(keys, new char[0]);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", authority.certificate());
            TrustManagerFactory theirs = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            theirs.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(mine.getKeyManagers(), theirs.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
