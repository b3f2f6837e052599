// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.util.concurrent.Callable;
import net.statemesh.cli.Session;
import net.statemesh.launcher.power.VirtualNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code statemesh dev node kill NODE}. */
@Command(
        description = {
            "Agent, containerd and all containers end at once, the link is down, and what the node had in memory is gone.",
            "Within seconds its replicas run elsewhere; the router goes on serving."
        },
        mixinStandardHelpOptions = true)
public final class DevNodeKill implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final DevNodeTarget target = new DevNodeTarget();

    public DevNodeKill(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        return target.change(
                session,
                VirtualNode::kill,
                "has no power: agent, containerd and containers are gone, its link is down",
                "statemesh apps list (its replicas move) · statemesh dev node start NODE");
    }
}
