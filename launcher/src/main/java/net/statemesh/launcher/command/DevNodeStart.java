// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.util.concurrent.Callable;
import net.statemesh.cli.Session;
import net.statemesh.launcher.power.VirtualNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code statemesh dev node start NODE}. */
@Command(
        description = "Undoes kill and isolate: power and link are as statemesh up leaves them.",
        mixinStandardHelpOptions = true)
public final class DevNodeStart implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final DevNodeTarget target = new DevNodeTarget();

    public DevNodeStart(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        return target.change(
                session,
                VirtualNode::start,
                "has power and link",
                "statemesh node list (it is ready again in a few seconds)");
    }
}
