// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

import java.time.Clock;
import net.statemesh.node.kube.NodeApi;

/** Starts agents with an API of the test's own. */
public final class AgentAccess {
    private AgentAccess() {}

    public static Agent start(AgentConfig config, NodeApi api) {
        return Agent.start(config, api, Clock.systemUTC());
    }
}
