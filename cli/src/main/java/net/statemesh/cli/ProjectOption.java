// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import java.util.List;
import net.statemesh.api.Hostnames;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mixin for commands that work inside a project. */
public final class ProjectOption {
    @Option(
            names = {"-p", "--project"},
            paramLabel = "PROJECT",
            description = "Project (also STATEMESH_PROJECT; else the current one, else 'default').")
    private @Nullable String project;

    /** The project that the command works in. */
    public String name(Session session) {
        String name = project == null ? session.context().project().value() : project;
        if (!Hostnames.isDnsLabel(name)) {
            throw new StateMeshException(
                    CliErrors.USAGE,
                    "project is '" + name + "': accepted is a DNS label (a-z, 0-9 and -; at most 63).",
                    List.of(),
                    List.of("statemesh projects list"));
        }
        return name;
    }
}
