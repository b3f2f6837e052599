// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.util.Locale;
import java.util.function.LongSupplier;
import net.statemesh.cli.output.Console;

/** One line per thing that became true, with the time it took. */
public final class Progress {
    private static final long WORTH_SAYING_MILLIS = 100;

    private final Console console;
    private final LongSupplier nanoTime;
    private long stepStartNanos;

    public Progress(Console console, LongSupplier nanoTime) {
        this.console = console;
        this.nanoTime = nanoTime;
        this.stepStartNanos = nanoTime.getAsLong();
    }

    public void title(String text) {
        console.progress(text);
    }

    /** Something that takes long is going on now. */
    void doing(String name, String text) {
        console.progress("  … %-10s %s".formatted(name, text));
    }

    /** Something is true from now on; the time since the last one is shown. */
    void done(String name, String text) {
        long now = nanoTime.getAsLong();
        double tookMillis = (now - stepStartNanos) / 1e6;
        stepStartNanos = now;
        String time = tookMillis < WORTH_SAYING_MILLIS ? "" : String.format(Locale.ROOT, "%.1f s", tookMillis / 1000);
        console.done("%-10s %-68s %s".formatted(name, text, console.dim(time)).stripTrailing());
    }
}
