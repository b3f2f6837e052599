// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import net.statemesh.launcher.folder.ZoneFolder;

/** Clients of a zone's API server. */
public final class ZoneClient {
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

    private ZoneClient() {}

    /** As the zone's administrator. Answers at once when the server is away: retrying is left to the caller. */
    public static KubernetesClient administrator(ZoneFolder folder) throws IOException {
        Config config = Config.fromKubeconfig(Files.readString(folder.kubeconfig()));
        // the key is PKCS #8, from which the client does not tell the algorithm
        config.setClientKeyAlgo("EC");
        config.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
        config.setRequestTimeout(REQUEST_TIMEOUT_MILLIS);
        config.setRequestRetryBackoffLimit(0);
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
