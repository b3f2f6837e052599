// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;

/** TLS as a kubeconfig describes it: whom to trust, and who we are. */
public final class ClientTls {
    private static final char[] NO_PASSWORD = {};

    private ClientTls() {}

    public static SSLContext context(Kubeconfig kubeconfig) {
        try {
            return context(kubeconfig.authorityPem(), kubeconfig.certificatePem(), kubeconfig.keyPem());
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new StateMeshException(
                    ClientErrors.KUBECONFIG,
                    "The certificates of user '" + kubeconfig.user() + "' cannot be used.",
                    List.of(String.valueOf(e.getMessage())),
                    List.of("get a new kubeconfig from whoever runs the zone"),
                    e);
        }
    }

    /** Trusts the certificates in {@code authorityPem} and nobody else; without them, whom the platform trusts. */
    public static SSLContext context(
            @Nullable String authorityPem, @Nullable String certificatePem, @Nullable String keyPem)
            throws GeneralSecurityException, IOException {
        TrustManager @Nullable [] trust = null;
        if (authorityPem != null) {
            KeyStore store = emptyStore();
            int index = 0;
            for (Certificate authority : certificates(authorityPem)) {
                store.setCertificateEntry("authority-" + index++, authority);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            trust = factory.getTrustManagers();
        }
        KeyManager @Nullable [] keys = null;
        if (certificatePem != null && keyPem != null) {
            KeyStore store = emptyStore();
            Certificate[] chain = certificates(certificatePem).toArray(Certificate[]::new);
            store.setKeyEntry("client", PrivateKeyPem.parse(keyPem), NO_PASSWORD, chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
            factory.init(store, NO_PASSWORD);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
