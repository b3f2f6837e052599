// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.Phase;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;
import net.statemesh.cli.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code apps scale}. */
@Command(mixinStandardHelpOptions = true)
public final class Scale extends ChangeVerb {
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "REPLICAS",
            description = "0 to " + ApplicationSpec.MAX_REPLICAS + ".")
    private @Nullable Integer number;

    /** As StateMesh's public command line has it. */
    @Option(names = "--replicas", paramLabel = "N", hidden = true)
    private @Nullable Integer option;

    public Scale(Session session) {
        super(session);
    }

    @Override
    ObjectNode patchOf(ApplicationView application) {
        int replicas = replicas();
        int now = application.object().at("/spec/replicas").asInt(1);
        return now == replicas ? object() : object().put("replicas", replicas);
    }

    @Override
    Phase wanted(ApplicationView application) {
        return application.wantedReplicas() == 0 ? Phase.STOPPED : Phase.SERVING;
    }

    @Override
    String done(ApplicationView application) {
        boolean stopped = application.object().at("/spec/stopped").asBoolean();
        return "scaled to " + Words.count(replicas(), "replica") + (stopped ? " (it is stopped)" : "");
    }

    private int replicas() {
        Integer given = number == null ? option : number;
        if (given == null || given < 0 || given > ApplicationSpec.MAX_REPLICAS) {
            throw new StateMeshException(
                    CliErrors.USAGE,
                    (given == null ? "REPLICAS is missing" : "REPLICAS is '" + given + "'")
                            + ": accepted is a whole number from 0 to " + ApplicationSpec.MAX_REPLICAS + ".",
                    List.of(),
                    List.of("statemesh apps stop NAME to end all replicas"));
        }
        return given;
    }
}
