// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.output;

import picocli.CommandLine.Option;

/** Mixin for commands that print results: {@code -o table|wide|json|yaml|name}. */
public final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "Format of the result: ${COMPLETION-CANDIDATES}.")
    private Format format = Format.TABLE;

    public Format format() {
        return format;
    }
}
