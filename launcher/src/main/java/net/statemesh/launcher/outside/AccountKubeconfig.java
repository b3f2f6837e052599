// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.outside;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import net.statemesh.api.SystemNames;
import net.statemesh.launcher.folder.PrivateFile;
import org.jspecify.annotations.Nullable;

/** A kubeconfig with a token of one of the zone's service accounts. */
final class AccountKubeconfig {
    private final KubernetesClient administrator;
    private final Duration validity;

    /** @param validity that is asked for; a cluster may give less */
    AccountKubeconfig(KubernetesClient administrator, Duration validity) {
        this.administrator = administrator;
        this.validity = validity;
    }

    /** Writes it; gives when its token expires. */
    Instant store(String account, Path file) throws IOException {
        TokenRequest token = administrator
                .serviceAccounts()
                .inNamespace(SystemNames.NAMESPACE)
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(validity.toSeconds())
                        .endSpec()
                        .build());
        PrivateFile.write(
                file, Serialization.asYaml(kubeconfig(account, token.getStatus().getToken())));
        return Instant.parse(token.getStatus().getExpirationTimestamp());
    }

    private Config kubeconfig(String account, String token) throws IOException {
        String cluster = "cluster";
        return new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .addNewCluster()
                .withName(cluster)
                .withNewCluster()
                .withServer(administrator.getMasterUrl().toString().replaceAll("/$", ""))
                .withCertificateAuthorityData(authority())
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName(account)
                .withNewUser()
                .withToken(token)
                .endUser()
                .endUser()
                .addNewContext()
                .withName(cluster)
                .withNewContext()
                .withCluster(cluster)
                .withUser(account)
                .endContext()
                .endContext()
                .withCurrentContext(cluster)
                .build();
    }

    /** Base64 of PEM; null where the server's certificate is one that everybody trusts. */
    private @Nullable String authority() throws IOException {
        var access = administrator.getConfiguration();
        if (access.getCaCertFile() != null) {
            return Base64.getEncoder()
                    .encodeToString(
                            Files.readString(Path.of(access.getCaCertFile())).getBytes(StandardCharsets.US_ASCII));
        }
        return access.getCaCertData();
    }
}
