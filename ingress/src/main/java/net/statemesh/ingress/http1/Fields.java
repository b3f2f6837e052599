// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Header lines as positions in a byte array that somebody else owns. Reused for every message of an event loop: valid until the
 * next one is parsed.
 */
public sealed class Fields permits MessageHead {
    /** The bytes end before the head does. */
    public static final int INCOMPLETE = 0;
    /** See {@link #refusal()}. */
    public static final int REFUSED = -1;

    byte[] bytes = new byte[0];

    private final int[] nameStart;
    private final int[] nameEnd;
    private final int[] valueStart;
    private final int[] valueEnd;
    private final FieldName[] names;
    private int count;
    private int end;
    private @Nullable Refusal refusal;

    public Fields(int maxFields) {
        nameStart = new int[maxFields];
        nameEnd = new int[maxFields];
        valueStart = new int[maxFields];
        valueEnd = new int[maxFields];
        names = new FieldName[maxFields];
    }

    /**
     * Parses header lines up to and including the empty line.
     *
     * @return index behind the empty line, {@link #INCOMPLETE} or {@link #REFUSED}
     */
    public final int parseFields(byte[] source, int from, int to) {
        bytes = source;
        count = 0;
        refusal = null;
        int at = from;
        while (at < to) {
            byte first = source[at];
            if (first == '\r') {
                if (at + 1 == to) {
                    return INCOMPLETE;
                }
                end = at;
                return source[at + 1] == '\n' ? at + 2 : refuse(Refusal.BARE_CARRIAGE_RETURN);
            }
            at = parseLine(at, to);
            if (at <= 0) {
                return at;
            }
        }
        return INCOMPLETE;
    }

    private int parseLine(int from, int to) {
        if (count == names.length) {
            return refuse(Refusal.TOO_MANY_FIELDS);
        }
        int at = from;
        int hash = 0;
        byte folded = 0;
        while (at < to && (folded = Ascii.folded(bytes[at])) != 0) {
            hash = FieldName.hash(hash, folded);
            at++;
        }
        if (at == to) {
            return INCOMPLETE;
        }
        if (bytes[at] != ':' || at == from) {
            return refuse(badName(bytes[at], at == from));
        }
        int colon = at++;
        while (at < to && Ascii.isBlank(bytes[at])) {
            at++;
        }
        int lineEnd = endOfLine(at, to);
        if (lineEnd <= 0) {
            return lineEnd;
        }
        int last = lineEnd - 2;
        while (last > at && Ascii.isBlank(bytes[last - 1])) {
            last--;
        }
        nameStart[count] = from;
        nameEnd[count] = colon;
        valueStart[count] = at;
        valueEnd[count] = last;
        names[count++] = FieldName.of(bytes, from, colon, hash);
        return lineEnd;
    }

    /** Index behind CR LF of the line, whose bytes are then free of control characters. */
    final int endOfLine(int from, int to) {
        int at = ControlScan.next(bytes, from, to);
        while (at < to && bytes[at] == '\t') {
            at = ControlScan.next(bytes, at + 1, to);
        }
        if (at == to) {
            return INCOMPLETE;
        }
        if (bytes[at] != '\r') {
            return refuse(bytes[at] == '\n' ? Refusal.BARE_LINE_FEED : Refusal.CONTROL_CHARACTER);
        }
        if (at + 1 == to) {
            return INCOMPLETE;
        }
        return bytes[at + 1] == '\n' ? at + 2 : refuse(Refusal.BARE_CARRIAGE_RETURN);
    }

    private static Refusal badName(byte found, boolean first) {
        if (first && Ascii.isBlank(found)) {
            return Refusal.FOLDED_LINE;
        }
        return found == '\n' ? Refusal.BARE_LINE_FEED : Refusal.BAD_FIELD_NAME;
    }

    final int refuse(Refusal why) {
        refusal = why;
        return REFUSED;
    }

    /** Why the last parse was {@link #REFUSED}. */
    public final Refusal refusal() {
        return Objects.requireNonNull(refusal, "nothing was refused");
    }

    /** Number of header lines. */
    public final int count() {
        return count;
    }

    public final FieldName name(int field) {
        return names[field];
    }

    /** Index of the first byte of a header line, or of the empty line for {@code field == count()}. */
    public final int lineStart(int field) {
        return field == count ? end : nameStart[field];
    }

    public final int nameEnd(int field) {
        return nameEnd[field];
    }

    public final int valueStart(int field) {
        return valueStart[field];
    }

    public final int valueEnd(int field) {
        return valueEnd[field];
    }

    /** The array all positions refer to. */
    public final byte[] bytes() {
        return bytes;
    }

    /** A header's name as it was sent. */
    public final String nameText(int field) {
        return text(nameStart[field], nameEnd[field]);
    }

    public final String valueText(int field) {
        return text(valueStart[field], valueEnd[field]);
    }

    public final String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
