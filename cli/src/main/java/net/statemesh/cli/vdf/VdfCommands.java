// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import net.statemesh.cli.CommandEntry;

/** The noun {@code vdf}. */
public final class VdfCommands {
    private VdfCommands() {}

    public static CommandEntry group() {
        return CommandEntry.group(
                "vdf",
                "Time Tower proofs by hand.",
                CommandEntry.leaf("bench", BenchCommand::new),
                CommandEntry.leaf("prove", ProveCommand::new),
                CommandEntry.leaf("verify", VerifyCommand::new));
    }
}
