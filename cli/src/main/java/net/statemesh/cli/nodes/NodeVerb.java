// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.output.Documents;
import net.statemesh.cli.output.OutputOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the verbs that change one node have in common. */
abstract class NodeVerb implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NODE", description = "Name of the node, or a start of it that is unique.")
    private String name = "";

    @Mixin
    private final OutputOption output = new OutputOption();

    NodeVerb(Session session) {
        this.session = session;
    }

    /** A merge patch; empty when all is so already. */
    abstract ObjectNode patchOf(NodeView node, String who);

    /** Prints what became of it, or waits for it. */
    abstract ObjectNode finish(ApiClient api, NodeView node, boolean changed);

    final Session session() {
        return session;
    }

    static ObjectNode object() {
        return new ObjectMapper().createObjectNode();
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            NodeView before = NodeInfo.find(api, name);
            ObjectNode patch = patchOf(before, api.who().identity());
            NodeView after =
                    patch.isEmpty() ? before : NodeView.of(api.mergePatch(ApiPaths.node(before.name()), patch));
            ObjectNode document = finish(api, after, !patch.isEmpty());
            if (output.format().isDocument()) {
                session.console().result(Documents.text(document, output.format()));
            }
        }
        return 0;
    }
}
