// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import net.statemesh.api.application.Phase;
import net.statemesh.cli.Session;
import picocli.CommandLine.Command;

/** {@code apps restart}. */
@Command(mixinStandardHelpOptions = true)
public final class Restart extends ChangeVerb {
    public Restart(Session session) {
        super(session);
    }

    @Override
    ObjectNode patchOf(ApplicationView application) {
        return object().put("restartNonce", Instant.now().toString());
    }

    @Override
    Phase wanted(ApplicationView application) {
        return application.wantedReplicas() == 0 ? Phase.STOPPED : Phase.SERVING;
    }

    @Override
    String done(ApplicationView application) {
        return "restarting " + Words.count(application.wantedReplicas(), "replica");
    }
}
