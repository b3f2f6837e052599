// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.Labels;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.output.Ages;
import net.statemesh.cli.output.Listing;
import net.statemesh.cli.output.Listing.Column;
import net.statemesh.cli.output.OutputOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code node list}. */
@Command(mixinStandardHelpOptions = true)
public final class ListNodes implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final OutputOption output = new OutputOption();

    public ListNodes(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            List<NodeView> nodes = api.list(ApiPaths.nodes()).stream()
                    .map(NodeView::of)
                    .sorted(Comparator.comparing(NodeView::name))
                    .toList();
            listing(Instant.now())
                    .print(nodes, output.format(), session.console(), "No nodes have joined the zone yet.");
        }
        return 0;
    }

    static Listing<NodeView> listing(Instant now) {
        return new Listing<>(
                List.of(
                        Column.of("NAME", NodeView::name),
                        Column.of("STATUS", NodeView::status),
                        Column.of("CLASS", NodeView::nodeClass),
                        Column.of("CPU", node -> node.allocatable("cpu")),
                        Column.of("MEMORY", node -> Sizes.binary(node.allocatable("memory"))),
                        Column.of("ADDRESS", NodeView::address),
                        Column.wide("OPERATOR", node -> node.label(Labels.OPERATOR)),
                        Column.wide("KERNEL", node -> node.info("kernelVersion")),
                        Column.wide("OS", node -> node.info("osImage")),
                        Column.wide("RUNTIME", node -> node.info("containerRuntimeVersion")),
                        Column.wide("AGENT", node -> node.info("kubeletVersion")),
                        Column.of("AGE", node -> Ages.since(node.created(), now))),
                NodeView::name,
                NodeView::document);
    }
}
