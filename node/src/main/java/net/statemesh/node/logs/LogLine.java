// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * One entry of a CRI log file: {@code <RFC 3339 time> <stdout|stderr> <F|P> <text>}.
 *
 * @param timestamp the time as it is written in the file
 * @param partial the text goes on in the next entry of the same stream
 * @param text without a line end
 */
public record LogLine(String timestamp, Instant time, String stream, boolean partial, String text) {
    private static final int FIELDS = 4;

    /** Reads an entry; empty for a line that is not one, such as the half-written last line of a crash. */
    static Optional<LogLine> parse(byte[] bytes, int offset, int length) {
        String[] parts = new String(bytes, offset, length, StandardCharsets.UTF_8).split(" ", FIELDS);
        if (parts.length < FIELDS - 1) {
            return Optional.empty();
        }
        try {
            Instant time = OffsetDateTime.parse(parts[0]).toInstant();
            boolean partial = parts[2].startsWith("P");
            return Optional.of(new LogLine(parts[0], time, parts[1], partial, parts.length == FIELDS ? parts[3] : ""));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
