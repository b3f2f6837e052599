// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import java.nio.file.Path;

/** Runs a server in a process of its own: prints its port, then serves until it is ended. */
final class Serve {
    private Serve() {}

    /** Arguments: a folder prepared by {@link TestZone}, a port (0 takes a free one). */
    public static void main(String[] args) throws Exception {
        TestZone zone = TestZone.attach(Path.of(args[0]));
        try (ApiServer server = ApiServer.start(zone.config(Integer.parseInt(args[1])))) {
            System.out.println(server.port());
            Thread.currentThread().join();
        }
    }
}
