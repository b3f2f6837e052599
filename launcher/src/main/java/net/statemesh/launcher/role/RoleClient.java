// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/** Kubernetes clients of the zone's processes: mutual TLS with the files of one identity. */
final class RoleClient {
    private RoleClient() {}

    static KubernetesClient of(String server, Path pki, String identity) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server)
                .withCaCertFile(pki.resolve("zone-ca.crt").toString())
                .withClientCertFile(pki.resolve(identity + ".crt").toString())
                .withClientKeyFile(pki.resolve(identity + ".key").toString())
                .withClientKeyAlgo("EC")
                .withNamespace("default")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
