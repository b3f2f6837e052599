// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.api.application.Phase;
import net.statemesh.cli.Session;
import picocli.CommandLine.Command;

/** {@code apps stop}. */
@Command(mixinStandardHelpOptions = true)
public final class Stop extends ChangeVerb {
    public Stop(Session session) {
        super(session);
    }

    @Override
    ObjectNode patchOf(ApplicationView application) {
        return application.object().at("/spec/stopped").asBoolean() ? object() : object().put("stopped", true);
    }

    @Override
    Phase wanted(ApplicationView application) {
        return Phase.STOPPED;
    }

    @Override
    String done(ApplicationView application) {
        return "stopped";
    }
}
