// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import java.nio.file.Path;
import net.statemesh.ingress.Router;
import net.statemesh.ingress.RouterConfig;

/** The HTTPS router. */
final class IngressRole {
    private IngressRole() {}

    static void run(Path configFile) throws InterruptedException {
        try (RoleLife life = new RoleLife();
                Router _ = Router.start(RouterConfig.read(configFile))) {
            life.untilSignalled();
        }
    }
}
