// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import net.statemesh.identity.Identity;
import net.statemesh.identity.PemFiles;
import net.statemesh.launcher.folder.ZoneFolder;
import org.jspecify.annotations.Nullable;

/** TLS between the processes of a zone: both sides show a certificate of the zone CA, and trust no other authority. */
public final class MutualTls {
    private static final char[] NO_PASSWORD = new char[0];

    private MutualTls() {}

    public static SSLContext administrator(ZoneFolder folder) {
        return context(
                folder.certificate(ZonePki.ZONE_CA),
                Identity.load(folder.certificate(ZoneIdentity.ADMIN), folder.key(ZoneIdentity.ADMIN)));
    }

    /** TLS as customers use it: the server shows a certificate of the public CA, the client none. */
    public static SSLContext customer(ZoneFolder folder) {
        return context(folder.caCertificate(), null);
    }

    private static SSLContext context(Path authority, @Nullable Identity identity) {
        try {
            KeyStore trusted = empty();
            trusted.setCertificateEntry(
                    "zone", PemFiles.readCertificates(authority).getFirst());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyStore own = empty();
            if (identity != null) {
                own.setKeyEntry(
                        "own", identity.key(), NO_PASSWORD, identity.chain().toArray(Certificate[]::new));
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java runtime cannot use the zone's certificates", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
