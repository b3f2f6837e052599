// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.vdf;

import java.io.PrintStream;
import java.util.Locale;

/** Progress on standard error: one line that is redrawn on a terminal, a plain line for every tenth otherwise. */
final class ProgressLine {
    private static final int BAR_WIDTH = 30;
    private static final double TENTH = 0.1;

    private final PrintStream err;
    private final boolean terminal;
    private final boolean quiet;
    private double nextPlain;

    ProgressLine(PrintStream err, boolean terminal, boolean quiet) {
        this.err = err;
        this.terminal = terminal;
        this.quiet = quiet;
    }

    /** Shows {@code fraction} of {@code what} done. */
    void show(String what, double fraction, String rest) {
        if (quiet) {
            return;
        }
        String percent = String.format(Locale.ROOT, "%3.0f %%", 100 * fraction);
        if (terminal) {
            int filled = (int) (BAR_WIDTH * fraction);
            String bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
            err.print("\r  " + what + " " + bar + " " + percent + "  " + rest + "\u001B[K");
            err.flush();
        } else if (fraction >= nextPlain) {
            err.println((what + " " + percent + "  " + rest).stripTrailing());
            nextPlain = TENTH * Math.floor(fraction / TENTH) + TENTH;
        }
    }

    /** Leaves the line, so that what follows has its own. */
    void end() {
        if (terminal && !quiet) {
            err.print("\r\u001B[K");
            err.flush();
        }
        nextPlain = 0;
    }
}
