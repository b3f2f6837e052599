// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.api.Annotations;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import picocli.CommandLine.Command;

/** {@code node cordon}. */
@Command(mixinStandardHelpOptions = true)
public final class Cordon extends NodeVerb {
    public Cordon(Session session) {
        super(session);
    }

    @Override
    ObjectNode patchOf(NodeView node, String who) {
        ObjectNode patch = object();
        if (!node.cordoned()) {
            patch.withObject("/spec").put("unschedulable", true);
            patch.withObject("/metadata/annotations").put(Annotations.CORDONED_BY, who);
        }
        return patch;
    }

    @Override
    ObjectNode finish(ApiClient api, NodeView node, boolean changed) {
        session()
                .console()
                .progress(node.name() + "  " + (changed ? "" : "unchanged: ")
                        + "cordoned; what runs there stays, nothing new comes");
        return node.document();
    }
}
