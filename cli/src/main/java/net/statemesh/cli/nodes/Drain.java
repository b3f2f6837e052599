// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.statemesh.api.Annotations;
import net.statemesh.cli.Session;
import net.statemesh.cli.WaitOptions;
import net.statemesh.cli.client.ApiClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code node drain}: cordons the node; the master then moves each replica, its replacement first. */
@Command(mixinStandardHelpOptions = true)
public final class Drain extends NodeVerb {
    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public Drain(Session session) {
        super(session);
    }

    @Override
    ObjectNode patchOf(NodeView node, String who) {
        ObjectNode patch = object();
        if (!node.cordoned() || node.drainedBy().isEmpty()) {
            patch.withObject("/spec").put("unschedulable", true);
            ObjectNode annotations = patch.withObject("/metadata/annotations").put(Annotations.DRAINED_BY, who);
            if (node.cordonedBy().isEmpty()) {
                annotations.put(Annotations.CORDONED_BY, who);
            }
        }
        return patch;
    }

    @Override
    ObjectNode finish(ApiClient api, NodeView node, boolean changed) {
        NodeReplicas replicas = NodeReplicas.of(api, node.name());
        session()
                .console()
                .progress(node.name() + "  " + (changed ? "" : "unchanged: ") + "draining, " + replicas.left());
        ObjectNode document = node.document();
        array(document.putArray("moved"), wait.wanted() ? replicas.names() : List.of());
        array(document.putArray("leftAlone"), replicas.others());
        if (wait.wanted()) {
            new DrainWait(api, session().console()).await(node.name(), wait.timeout());
            session().console().done(node.name() + "  drained; back with: statemesh node uncordon " + node.name());
        } else {
            array(document.putArray("left"), replicas.names());
        }
        replicas.others().forEach(other -> session().console().progress("    left alone, no replica: " + other));
        return document;
    }

    private static void array(ArrayNode array, Iterable<String> values) {
        values.forEach(array::add);
    }
}
