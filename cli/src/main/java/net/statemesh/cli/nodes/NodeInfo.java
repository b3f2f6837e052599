// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.statemesh.api.Labels;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.client.ClientErrors;
import net.statemesh.cli.output.Ages;
import net.statemesh.cli.output.Console;
import net.statemesh.cli.output.Documents;
import net.statemesh.cli.output.OutputOption;
import net.statemesh.cli.output.Table;
import net.statemesh.cli.text.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code node info}. */
@Command(mixinStandardHelpOptions = true)
public final class NodeInfo implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NODE", description = "Name of the node, or a start of it that is unique.")
    private String name = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    public NodeInfo(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            NodeView node = find(api, name);
            List<JsonNode> pods = api.list(ApiPaths.podsOn(node.name())).stream()
                    .sorted(Comparator.comparing(pod -> pod.at("/metadata/name").asText()))
                    .toList();
            if (output.format().isDocument()) {
                session.console().result(Documents.text(node.document(), output.format()));
            } else {
                print(node, pods, session.console(), Instant.now());
            }
        }
        return 0;
    }

    static NodeView find(ApiClient api, String name) {
        List<NodeView> nodes =
                api.list(ApiPaths.nodes()).stream().map(NodeView::of).toList();
        List<NodeView> fitting = nodes.stream()
                .filter(node -> node.name().startsWith(name) && !name.isEmpty())
                .toList();
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .or(() -> fitting.size() == 1 ? fitting.stream().findFirst() : Optional.empty())
                .orElseThrow(() -> {
                    List<String> names = nodes.stream().map(NodeView::name).toList();
                    return new StateMeshException(
                            ClientErrors.NOT_FOUND,
                            fitting.isEmpty()
                                    ? "There is no node '" + name + "'."
                                    : "'" + name + "' fits " + fitting.size() + " nodes.",
                            Nearest.didYouMean(name, names),
                            List.of("statemesh node list"));
                });
    }

    private static void print(NodeView node, List<JsonNode> pods, Console console, Instant now) {
        console.result(node.name() + "  " + node.status());
        console.result("  class      " + node.nodeClass() + "    address " + node.address() + " ("
                + node.label(Labels.NODE_ADDRESS) + ")    zone " + node.label(Labels.ZONE) + "    operator "
                + node.label(Labels.OPERATOR));
        console.result("  machine    " + node.allocatable("cpu") + " CPU, " + Sizes.binary(node.allocatable("memory"))
                + " memory, disk " + node.label(Labels.NODE_DISK) + ", virtualisation "
                + node.label(Labels.NODE_VIRTUALISATION) + ", GPUs " + node.label(Labels.NODE_GPU));
        console.result("  software   " + node.info("osImage") + ", kernel " + node.info("kernelVersion") + ", "
                + node.info("containerRuntimeVersion"));
        if (!node.cordonedBy().isEmpty()) {
            console.result("  cordoned   " + node.cordonedBy());
        }
        Table conditions = new Table("CONDITION", "STATUS", "REASON", "SINCE", "MESSAGE");
        node.object()
                .at("/status/conditions")
                .forEach(condition -> conditions.row(
                        condition.path("type").asText(),
                        condition.path("status").asText(),
                        condition.path("reason").asText("-"),
                        Ages.since(condition.path("lastTransitionTime").asText(""), now),
                        condition.path("message").asText("")));
        console.result("");
        conditions.lines(Table.MAX_COLUMNS - 2).forEach(line -> console.result("  " + line));
        if (!pods.isEmpty()) {
            Table table = new Table("PROJECT", "REPLICA", "PHASE", "AGE");
            pods.forEach(pod -> table.row(
                    pod.at("/metadata/namespace").asText(),
                    pod.at("/metadata/name").asText(),
                    pod.at("/status/phase").asText("-"),
                    Ages.since(pod.at("/metadata/creationTimestamp").asText(""), now)));
            console.result("");
            table.lines(Table.MAX_COLUMNS - 2).forEach(line -> console.result("  " + line));
        }
    }
}
