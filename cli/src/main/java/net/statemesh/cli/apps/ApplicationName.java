// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Mixin: the application that a command is about. */
final class ApplicationName {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Application: name, id, or a start of one that is unique.")
    private @Nullable String name;

    /** As StateMesh's public command line has it. */
    @Option(names = "--id", paramLabel = "ID", hidden = true)
    private @Nullable String id;

    String value() {
        String given = name == null ? id : name;
        if (given == null || (name != null && id != null)) {
            throw new StateMeshException(
                    CliErrors.USAGE,
                    given == null ? "NAME is missing." : "NAME and --id are the same thing: accepted is one of them.",
                    List.of(),
                    List.of("statemesh apps list"));
        }
        return given;
    }
}
