// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.io.IOException;
import java.time.Clock;
import net.statemesh.cli.Session;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.power.NodeState;
import net.statemesh.launcher.power.VirtualNode;
import net.statemesh.launcher.preflight.Preflight;
import net.statemesh.launcher.up.ZoneLock;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Mixin of the verbs of {@code statemesh dev node}: which node, and how its new state is told. */
final class DevNodeTarget {
    /** What is done to a node. */
    @FunctionalInterface
    interface Change {
        NodeState to(VirtualNode node) throws IOException;
    }

    @Parameters(index = "0", paramLabel = "NODE", description = "Name of the virtual node.")
    private String name = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    /**
     * Does it, and says so.
     *
     * @param sentence what is true afterwards
     * @param next what to do with it
     */
    int change(Session session, Change change, String sentence, String next) throws IOException {
        Preflight.requireRoot();
        ZoneFolder folder = ZoneChoice.existing(session);
        NodeState state;
        try (ZoneLock _ = ZoneLock.take(folder)) {
            state = change.to(VirtualNode.of(folder, name, Clock.systemUTC()));
        }
        if (output.format().isDocument()) {
            session.console().result(Documents.render(output.format(), state));
        } else {
            session.console().done(name + " " + sentence);
            session.console().progress("");
            session.console().progress("  Next: " + next.replace("NODE", name));
        }
        return 0;
    }
}
