// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.util.concurrent.Callable;
import net.statemesh.cli.Session;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.power.VirtualNode;
import net.statemesh.launcher.preflight.Preflight;
import net.statemesh.launcher.up.ZoneLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code statemesh dev node kill|start|isolate NAME}. */
@Command(
        description = {
            "kill takes the power of a virtual node: agent, containerd and all its containers end at once, its link is down.",
            "isolate cuts its link; what runs on it goes on.",
            "start gives power and link back."
        },
        mixinStandardHelpOptions = true)
public final class DevNodeCommand implements Callable<Integer> {
    /** What is done to the node. */
    enum Action {
        kill,
        start,
        isolate
    }

    private final Session session;

    @Parameters(index = "0", paramLabel = "kill|start|isolate", description = "What happens to the node.")
    private Action action = Action.start;

    @Parameters(index = "1", paramLabel = "NODE", description = "Name of the virtual node.")
    private String name = "";

    public DevNodeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Preflight.requireRoot();
        ZoneFolder folder = ZoneChoice.existing(session);
        VirtualNode node = VirtualNode.of(folder, name);
        try (ZoneLock _ = ZoneLock.take(folder)) {
            switch (action) {
                case kill -> node.kill();
                case start -> node.start();
                case isolate -> node.isolate();
            }
        }
        session.console().done(done());
        return 0;
    }

    private String done() {
        return switch (action) {
            case kill -> name + " has no power; back with: statemesh dev node start " + name;
            case start -> name + " has power and link";
            case isolate -> name + " has no link; back with: statemesh dev node start " + name;
        };
    }
}
