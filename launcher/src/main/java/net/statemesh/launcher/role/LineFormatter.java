// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.role;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line per event: time, level, who, what, and the causes of a failure. Only what should not happen at all ({@code SEVERE}) comes
 * with its stack trace; an API server that is away is no such thing.
 */
public final class LineFormatter extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int MAX_CAUSES = 5;

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder();
        TIME.formatTo(entry.getInstant(), line);
        line.append(' ').append(entry.getLevel().getName());
        line.append(' ').append(entry.getLoggerName());
        line.append(' ').append(formatMessage(entry).replace("\n", "\\n"));
        Throwable thrown = entry.getThrown();
        if (thrown != null && entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            return line.append('\n').append(trace).toString();
        }
        return line.append(causes(thrown)).append('\n').toString();
    }

    private static String causes(@Nullable Throwable thrown) {
        StringBuilder causes = new StringBuilder();
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            causes.append(i == 0 ? " cause=\"" : " < ").append(cause.getClass().getSimpleName());
            if (cause.getMessage() != null) {
                causes.append(": ")
                        .append(cause.getMessage().lines().findFirst().orElse(""));
            }
            cause = cause.getCause();
        }
        return causes.isEmpty() ? "" : causes.append('"').toString();
    }
}
