// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.api.application.Phase;
import net.statemesh.cli.Session;
import picocli.CommandLine.Command;

/** {@code apps start}. */
@Command(mixinStandardHelpOptions = true)
public final class Start extends ChangeVerb {
    public Start(Session session) {
        super(session);
    }

    @Override
    ObjectNode patchOf(ApplicationView application) {
        return application.object().at("/spec/stopped").asBoolean() ? object().put("stopped", false) : object();
    }

    @Override
    Phase wanted(ApplicationView application) {
        return application.wantedReplicas() == 0 ? Phase.STOPPED : Phase.SERVING;
    }

    @Override
    String done(ApplicationView application) {
        return "started with " + Words.count(application.wantedReplicas(), "replica");
    }
}
