// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.UUID;
import net.statemesh.zone.Master;
import net.statemesh.zone.MasterConfig;
import org.jspecify.annotations.Nullable;

/**
 * Controllers and scheduler outside the API server's process, over any conformant API server. Of all masters of a zone one leads; the
 * others stand by.
 */
final class ControllersRole {
    private static final String MASTER = "statemesh:master";

    private ControllersRole() {}

    /** @param heartbeats UDP address at which nodes reach this master; without one, only leases tell how nodes are */
    static void run(Path kubeconfig, @Nullable InetSocketAddress heartbeats) throws InterruptedException {
        Config access = KubeconfigAccess.read(kubeconfig);
        try (RoleLife life = new RoleLife();
                KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(access).build();
                Master master = Master.start(
                        client, new MasterConfig(MASTER, "controllers-" + UUID.randomUUID(), heartbeats))) {
            life.untilSignalledOrFailed(master.ready());
        }
    }
}
