// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.nio.file.Path;
import net.statemesh.ingress.Router;
import net.statemesh.ingress.RouterConfig;

/** The router under test in a process of its own: prints its ports (plain, HTTPS, admin), then serves until it is ended. */
final class RouterMain {
    private RouterMain() {}

    /** Argument: a configuration file. */
    public static void main(String[] args) throws InterruptedException {
        try (Router router = Router.start(RouterConfig.read(Path.of(args[0])))) {
            System.out.println(router.plainAddresses().getFirst().getPort() + " "
                    + router.httpsAddresses().getFirst().getPort() + " "
                    + router.adminAddress().getPort());
            Thread.currentThread().join();
        }
    }
}
