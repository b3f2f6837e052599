// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.apiserver;

import java.nio.file.Path;
import java.util.List;
import net.statemesh.kube.embedded.ApiServer;
import net.statemesh.kube.embedded.ApiServerConfig;

/** The server under test in a process of its own: prints its port, then serves until it is ended. */
final class ServerMain {
    private ServerMain() {}

    /** Argument: a folder prepared by {@link ServerProcess}. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        ApiServerConfig config = new ApiServerConfig(
                folder.resolve("data"),
                List.of("127.0.0.1:0"),
                folder.resolve("server.crt"),
                folder.resolve("server.key"),
                folder.resolve("ca.crt"),
                folder.resolve("kubelet-client.crt"),
                folder.resolve("kubelet-client.key"),
                folder.resolve("ca.crt"));
        try (ApiServer server = ApiServer.start(config)) {
            System.out.println(server.port());
            Thread.currentThread().join();
        }
    }
}
