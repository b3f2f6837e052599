// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before or after its name. */
public final class GlobalOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of the zone (also STATEMESH_DATA; else the current context).")
    @Nullable
    Path data;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Only results and errors.")
    boolean quiet;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Stack traces with errors.")
    boolean debug;

    @Option(
            names = "--show-config",
            scope = ScopeType.INHERIT,
            description = "Print every setting and where it comes from; do nothing else.")
    boolean showConfig;

    boolean showConfig() {
        return showConfig;
    }

    /** As given on the command line; {@link ZoneContext} also knows environment and file. */
    public @Nullable Path data() {
        return data;
    }

    public boolean quiet() {
        return quiet;
    }

    public boolean debug() {
        return debug;
    }
}
