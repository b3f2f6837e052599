// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import java.util.Optional;
import java.util.concurrent.Callable;
import net.statemesh.api.Hostnames;
import net.statemesh.api.SystemNames;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.history.HistoryView;
import net.statemesh.cli.output.OutputOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code node history}: when a node was silent, lost, cordoned, drained or back, and who said so. */
@Command(mixinStandardHelpOptions = true)
public final class NodeHistory implements Callable<Integer> {
    private static final String KIND = "Node";

    private final Session session;

    @Parameters(
            paramLabel = "NODE",
            description = "Name of the node, or a start of it that is unique; the whole name of one that has left.")
    private String name = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    public NodeHistory(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            history(api).print(session.console(), output.format());
        }
        return 0;
    }

    private HistoryView history(ApiClient api) {
        Optional<HistoryView> exact = Hostnames.isDnsLabel(name)
                ? HistoryView.find(api, SystemNames.NAMESPACE, KIND, name)
                : Optional.empty();
        return exact.orElseGet(() -> {
            String found = NodeInfo.find(api, name).name();
            return HistoryView.find(api, SystemNames.NAMESPACE, KIND, found).orElseGet(() -> HistoryView.empty(found));
        });
    }
}
