// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.takeover;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import net.statemesh.zone.Master;
import net.statemesh.zone.MasterConfig;

/** A master in a process of its own: says when it stands for election, until it is killed. */
final class MasterMain {
    private MasterMain() {}

    static Config access(Path kubeconfig) {
        Config access = Config.fromKubeconfig(kubeconfig.toFile());
        // the client takes PKCS #8 keys for RSA unless told
        access.setClientKeyAlgo("EC");
        return access;
    }

    /** Arguments: a kubeconfig, and the name of this candidate. */
    public static void main(String[] args) throws Exception {
        Config access = access(Path.of(args[0]));
        try (KubernetesClient client =
                        new KubernetesClientBuilder().withConfig(access).build();
                Master master = Master.start(client, new MasterConfig("statemesh:master", args[1], null))) {
            master.standing().join();
            System.out.println("stands");
            Thread.currentThread().join();
        }
    }
}
