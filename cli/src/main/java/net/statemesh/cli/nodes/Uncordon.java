// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.api.Annotations;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import picocli.CommandLine.Command;

/** {@code node uncordon}: ends a drain, too. Replicas that were moved away stay where they are. */
@Command(mixinStandardHelpOptions = true)
public final class Uncordon extends NodeVerb {
    public Uncordon(Session session) {
        super(session);
    }

    @Override
    ObjectNode patchOf(NodeView node, String who) {
        ObjectNode patch = object();
        if (node.cordoned() || !node.cordonedBy().isEmpty() || !node.drainedBy().isEmpty()) {
            patch.withObject("/spec").putNull("unschedulable");
            patch.withObject("/metadata/annotations")
                    .putNull(Annotations.CORDONED_BY)
                    .putNull(Annotations.DRAINED_BY);
        }
        return patch;
    }

    @Override
    ObjectNode finish(ApiClient api, NodeView node, boolean changed) {
        session().console().progress(node.name() + "  " + (changed ? "" : "unchanged: ") + "takes new replicas");
        return node.document();
    }
}
