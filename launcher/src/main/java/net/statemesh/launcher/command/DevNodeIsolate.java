// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.command;

import java.util.concurrent.Callable;
import net.statemesh.cli.Session;
import net.statemesh.launcher.power.NodeState.Link;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code statemesh dev node isolate NODE}. */
@Command(
        description = {
            "What runs on the node goes on.",
            "--from all: its link is down, so that nothing reaches the node and its replicas.",
            "--from master: nothing passes between the node and the master (heartbeats, API, registry, logs, exec);",
            "other nodes still hear it, and its replicas still serve."
        },
        mixinStandardHelpOptions = true)
public final class DevNodeIsolate implements Callable<Integer> {
    /** Whom the node cannot reach. */
    enum From {
        master,
        all
    }

    private final Session session;

    @Mixin
    private final DevNodeTarget target = new DevNodeTarget();

    @Option(
            names = "--from",
            paramLabel = "WHOM",
            defaultValue = "all",
            description = "Whom it cannot reach: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private From from = From.all;

    public DevNodeIsolate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        return switch (from) {
            case all ->
                target.change(
                        session,
                        node -> node.isolate(Link.DOWN),
                        "is cut off from everybody; what runs there goes on",
                        "statemesh apps list (its replicas are replaced) · statemesh dev node start NODE");
            case master ->
                target.change(
                        session,
                        node -> node.isolate(Link.CUT_FROM_MASTER),
                        "is cut off from the master; other nodes hear it, and its replicas serve",
                        "statemesh node list (nothing is replaced) · statemesh dev node start NODE");
        };
    }
}
