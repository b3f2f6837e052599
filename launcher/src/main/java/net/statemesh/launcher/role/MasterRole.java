// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import net.statemesh.kube.embedded.ApiServer;
import net.statemesh.kube.embedded.ApiServerConfig;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.zone.Master;
import net.statemesh.zone.MasterConfig;
import net.statemesh.zone.install.ZoneInstaller;

/** API server, controllers and scheduler in one process; the last two are ordinary clients of the first. */
final class MasterRole {
    private static final String MASTER = "statemesh:master";
    /** Always the same: whoever had this name before ended with the API server that it was in, and need not be waited for. */
    private static final String CANDIDATE = "master-in-the-api-server";

    private MasterRole() {}

    static void run(Path configFile) throws IOException, InterruptedException {
        MasterFile file = JsonFile.read(configFile, MasterFile.class).orElseThrow();
        Path pki = Path.of(file.pki());
        String server = "https://" + file.listen().getFirst();
        try (RoleLife life = new RoleLife();
                ApiServer _ = ApiServer.start(apiServer(file, pki))) {
            install(server, pki, file);
            try (KubernetesClient client = RoleClient.of(server, pki, "master");
                    Master master = Master.start(client, new MasterConfig(MASTER, CANDIDATE, health(file)))) {
                life.untilSignalledOrFailed(master.ready());
            }
        }
    }

    /** Heartbeats come where nodes reach the API: the same number, over UDP. */
    private static InetSocketAddress health(MasterFile file) {
        URI reached = URI.create("udp://" + file.listen().getLast());
        return new InetSocketAddress(reached.getHost(), reached.getPort());
    }

    private static ApiServerConfig apiServer(MasterFile file, Path pki) {
        Path authority = pki.resolve("zone-ca.crt");
        return new ApiServerConfig(
                Path.of(file.stateFolder()),
                file.listen(),
                pki.resolve("api-server.crt"),
                pki.resolve("api-server.key"),
                authority,
                pki.resolve("api-server.crt"),
                pki.resolve("api-server.key"),
                authority);
    }

    private static void install(String server, Path pki, MasterFile file) {
        try (KubernetesClient administrator = RoleClient.of(server, pki, "admin")) {
            new ZoneInstaller(administrator).install(file.zone());
        }
    }
}
