// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import java.nio.file.Path;
import net.statemesh.node.Agent;
import net.statemesh.node.AgentConfig;

/** The agent of one node. */
final class AgentRole {
    private AgentRole() {}

    static void run(Path configFile) throws InterruptedException {
        try (RoleLife life = new RoleLife();
                Agent _ = Agent.start(AgentConfig.read(configFile))) {
            life.untilSignalled();
        }
    }
}
