// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.outside;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.statemesh.api.Hostnames;
import net.statemesh.api.SystemNames;
import net.statemesh.api.ZoneSettings;
import net.statemesh.identity.AtomicFile;
import net.statemesh.identity.CertificateAuthority;
import net.statemesh.launcher.folder.PrivateFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.pki.ZonePki;

/** The zone's public CA, kept in the Secret {@code statemesh-system/public-ca}: made once, the same for every router. */
final class PublicAuthority {
    static final String SECRET = "public-ca";
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    private final KubernetesClient administrator;
    private final ZoneSettings zone;

    PublicAuthority(KubernetesClient administrator, ZoneSettings zone) {
        this.administrator = administrator;
        this.zone = zone;
    }

    /** Writes certificate and key to where a zone folder has them. */
    void store(ZoneFolder folder) throws IOException {
        Secret secret = find();
        if (secret == null) {
            secret = create();
        }
        byte[] certificate = decoded(secret, CERTIFICATE);
        PrivateFile.write(folder.certificate(ZonePki.PUBLIC_CA), certificate);
        PrivateFile.write(folder.key(ZonePki.PUBLIC_CA), decoded(secret, KEY));
        AtomicFile.write(folder.caCertificate(), certificate, AtomicFile.READABLE_BY_ALL);
    }

    private Secret find() {
        return administrator
                .secrets()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(SECRET)
                .get();
    }

    /** Whoever made it at the same time was first. */
    private Secret create() throws IOException {
        try {
            return administrator.resource(made()).create();
        } catch (KubernetesClientException e) {
            Secret first = e.getCode() == HttpURLConnection.HTTP_CONFLICT ? find() : null;
            if (first == null) {
                throw e;
            }
            return first;
        }
    }

    private Secret made() throws IOException {
        Path draft = Files.createTempDirectory("statemesh-public-ca");
        Path certificate = draft.resolve(CERTIFICATE);
        Path key = draft.resolve(KEY);
        try {
            CertificateAuthority.create(
                            "StateMesh names of " + zone.name(),
                            List.of(Hostnames.suffix(zone)),
                            ZonePki.AUTHORITY_VALIDITY,
                            Clock.systemUTC(),
                            new SecureRandom())
                    .store(certificate, key);
            return new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace(SystemNames.NAMESPACE)
                    .withName(SECRET)
                    .endMetadata()
                    .withType("kubernetes.io/tls")
                    .withData(Map.of(CERTIFICATE, encoded(certificate), KEY, encoded(key)))
                    .build();
        } finally {
            Files.deleteIfExists(certificate);
            Files.deleteIfExists(key);
            Files.delete(draft);
        }
    }

    private static String encoded(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readString(file).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] decoded(Secret secret, String key) {
        return Base64.getDecoder()
                .decode(Objects.requireNonNull(secret.getData().get(key), key));
    }
}
