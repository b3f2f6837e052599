// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.server;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.identity.Identity;
import net.statemesh.identity.PemFiles;
import net.statemesh.node.NodeErrors;
import org.jspecify.annotations.Nullable;

/** TLS settings of the kubelet API. A renewed certificate is used from the next connection on. */
final class ServerTls {
    private final Path certificate;
    private final Path key;
    private final Path clientCa;
    private @Nullable FileTime loadedAt;
    private @Nullable SslContext context;

    ServerTls(Path certificate, Path key, Path clientCa) {
        this.certificate = certificate;
        this.key = key;
        this.clientCa = clientCa;
    }

    /** The context for a new connection. */
    synchronized SslContext context() {
        try {
            FileTime writtenAt = Files.getLastModifiedTime(certificate);
            SslContext known = context;
            if (known != null && writtenAt.equals(loadedAt)) {
                return known;
            }
            SslContext fresh = load();
            context = fresh;
            loadedAt = writtenAt;
            return fresh;
        } catch (IOException e) {
            throw new StateMeshException(
                    NodeErrors.SERVER,
                    "cannot use the certificate " + certificate + " for the kubelet API.",
                    List.of(String.valueOf(e.getMessage())),
                    List.of("check that certificate and key exist and belong together"),
                    e);
        }
    }

    private SslContext load() throws SSLException {
        Identity identity = Identity.load(certificate, key);
        return SslContextBuilder.forServer(identity.key(), identity.chain().toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .trustManager(PemFiles.readCertificates(clientCa).toArray(X509Certificate[]::new))
                .clientAuth(ClientAuth.REQUIRE)
                .build();
    }
}
