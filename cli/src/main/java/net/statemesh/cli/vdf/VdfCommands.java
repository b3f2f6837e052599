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
                CommandEntry.leaf(
                        "bench",
                        "How many squarings a second this machine does, with each back end that it has.",
                        BenchCommand::new),
                CommandEntry.leaf(
                        "prove",
                        "Squares so many times, one after the other, and writes the proof.",
                        ProveCommand::new),
                CommandEntry.leaf(
                        "verify",
                        "Checks a proof against what it is said to prove; exit code 0 only when it does.",
                        VerifyCommand::new));
    }
}
