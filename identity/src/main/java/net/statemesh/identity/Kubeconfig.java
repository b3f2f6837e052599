// SPDX-License-Identifier: Apache-2.0
package net.statemesh.identity;

import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * What a Kubernetes client needs to reach one API server as one identity.
 *
 * @param name of the cluster and of the context, for example the zone's name
 * @param user name of the user entry
 * @param server for example {@code https://127.0.0.1:6440}
 * @param namespace used when a command names none
 */
public record Kubeconfig(
        String name, String user, URI server, X509Certificate authority, Identity client, String namespace) {
    /** The file as text, with the client key in it: a secret. */
    public String render() {
        return Serialization.asYaml(new ConfigBuilder()
                .withApiVersion("v1")
                .withKind("Config")
                .addNewCluster()
                .withName(name)
                .withNewCluster()
                .withServer(server.toString())
                .withCertificateAuthorityData(base64(PemFiles.text(List.of(authority))))
                .endCluster()
                .endCluster()
                .addNewUser()
                .withName(user)
                .withNewUser()
                .withClientCertificateData(base64(PemFiles.text(client.chain())))
                .withClientKeyData(base64(PemFiles.text(client.key())))
                .endUser()
                .endUser()
                .addNewContext()
                .withName(name)
                .withNewContext()
                .withCluster(name)
                .withUser(user)
                .withNamespace(namespace)
                .endContext()
                .endContext()
                .withCurrentContext(name)
                .build());
    }

    /** Writes the file 0600, whole or not at all. */
    public void store(Path file) {
        AtomicFile.write(file, render().getBytes(StandardCharsets.UTF_8), AtomicFile.OWNER_ONLY);
    }

    @Override
    public String toString() {
        return "Kubeconfig[%s as %s]".formatted(server, user);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
