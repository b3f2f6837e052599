// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import org.jspecify.annotations.Nullable;

/** Reads a kubeconfig of whatever cluster: the client library takes a PKCS #8 key for RSA unless told, and our own are of elliptic curves. */
public final class KubeconfigAccess {
    private KubeconfigAccess() {}

    /** {@link LauncherErrors#BAD_OPTION} naming the file when it cannot be used. */
    public static Config read(Path kubeconfig) {
        try {
            if (!Files.isReadable(kubeconfig)) {
                throw new IOException("there is no such file, or it may not be read");
            }
            Config access = Config.fromKubeconfig(kubeconfig.toFile());
            byte[] certificate = certificate(access);
            if (certificate != null) {
                access.setClientKeyAlgo(CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(certificate))
                        .getPublicKey()
                        .getAlgorithm());
            }
            return access;
        } catch (IOException | CertificateException | RuntimeException e) {
            throw new StateMeshException(
                    LauncherErrors.BAD_OPTION,
                    "--kubeconfig '" + kubeconfig + "' cannot be used.",
                    List.of(String.valueOf(e.getMessage()), "accepted: a kubeconfig with a current context"),
                    List.of());
        }
    }

    /** PEM; null for a user with a token. */
    private static byte @Nullable [] certificate(Config access) throws IOException {
        if (access.getClientCertData() != null) {
            return Base64.getDecoder().decode(access.getClientCertData());
        }
        return access.getClientCertFile() == null ? null : Files.readAllBytes(Path.of(access.getClientCertFile()));
    }
}
