// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.output;

import java.io.PrintStream;
import java.util.List;

/** Results go to standard output, progress to standard error, so that a pipe sees results only. */
public final class Console {
    private static final String GREEN = "\u001B[32m";
    private static final String DIM = "\u001B[2m";
    private static final String PLAIN = "\u001B[0m";

    private final PrintStream out;
    private final PrintStream err;
    private final boolean colours;
    private final boolean quiet;
    private final boolean live;

    /** {@code live}: progress goes to a terminal, so that lines can be drawn anew. */
    public Console(PrintStream out, PrintStream err, boolean colours, boolean quiet, boolean live) {
        this.out = out;
        this.err = err;
        this.colours = colours;
        this.quiet = quiet;
        this.live = live && !quiet;
    }

    /** One line of the result. */
    public void result(String line) {
        out.println(line);
    }

    /** One line about something under way; silent with {@code --quiet}. */
    public void progress(String line) {
        if (!quiet) {
            err.println(line);
            err.flush();
        }
    }

    /** One thing that became true: {@code ✓ what}. */
    public void done(String line) {
        progress("  " + (colours ? GREEN + "✓" + PLAIN : "✓") + " " + line);
    }

    /** Dimmed where colours are welcome. */
    public String dim(String text) {
        return colours ? DIM + text + PLAIN : text;
    }

    public boolean colours() {
        return colours;
    }

    /** Whether {@link #redraw} may be used. */
    public boolean isLive() {
        return live;
    }

    /** Puts {@code lines} in place of the last {@code previous} lines of progress. */
    public void redraw(int previous, List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (previous > 0) {
            text.append("\u001B[").append(previous).append('A').append("\u001B[J");
        }
        lines.forEach(line -> text.append(line).append('\n'));
        err.print(text);
        err.flush();
    }
}
