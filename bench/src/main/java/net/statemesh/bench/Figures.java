// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Prints figures as they are measured, one line {@code name value unit} each. */
public final class Figures {
    private static final double WHOLE_NUMBERS_FROM = 1000;

    private final PrintStream out;

    Figures(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints one figure.
     *
     * @param name words joined by hyphens, no spaces
     * @param unit such as {@code squarings/s}, {@code ms}, {@code bytes}
     */
    public void figure(String name, double value, String unit) {
        if (name.isBlank() || name.contains(" ") || unit.isBlank() || unit.contains(" ")) {
            throw new IllegalArgumentException(
                    "a figure is one line of three words, not '" + name + "' '" + unit + "'");
        }
        String format = Math.abs(value) >= WHOLE_NUMBERS_FROM || value == Math.rint(value) ? "%.0f" : "%.3f";
        out.println(name + " " + String.format(Locale.ROOT, format, value) + " " + unit);
        out.flush();
    }

    /** Prints {@code value}, how many times one thing is another, as {@code name-ratio}. */
    public void ratio(String name, double value) {
        if (name.isBlank() || name.contains(" ")) {
            throw new IllegalArgumentException("the name of a figure is one word, not '" + name + "'");
        }
        out.println(name + "-ratio " + String.format(Locale.ROOT, "%.3f", value) + " x");
        out.flush();
    }
}
