// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.Arrays;
import net.statemesh.ingress.http1.Ascii;

/** One event loop's lines of the access log until they are handed to the writer; filled without making objects. */
final class AccessLogBuffer {
    private static final int BUFFER_BYTES = 32 << 10;
    /** A longer path is cut. */
    private static final int MAX_VALUE_BYTES = 512;
    /** No line is longer. */
    private static final int MAX_LINE_BYTES = 4 << 10;

    private static final int MAX_NUMBER_DIGITS = 20;

    private final AccessLog log;
    private final byte[] digits = new byte[MAX_NUMBER_DIGITS];
    private byte[] buffer = new byte[BUFFER_BYTES];
    private byte[] time = new byte[0];
    private long timeSecond = -1;
    private int length;
    private int lines;
    private long droppedLines;

    AccessLogBuffer(AccessLog log) {
        this.log = log;
    }

    boolean isOn() {
        return log.isOn();
    }

    void begin() {
        if (BUFFER_BYTES - length < MAX_LINE_BYTES) {
            flush();
        }
        long now = log.nowMillis();
        if (now / 1000 != timeSecond) {
            timeSecond = now / 1000;
            String second = Instant.ofEpochSecond(timeSecond).toString();
            time = Ascii.bytes("time=" + second.substring(0, second.length() - 1) + ".");
        }
        bytes("", time);
        int millis = (int) (now % 1000);
        buffer[length++] = (byte) ('0' + millis / 100);
        buffer[length++] = (byte) ('0' + millis / 10 % 10);
        buffer[length++] = (byte) ('0' + millis % 10);
        text("Z ", "");
    }

    void text(String label, String value) {
        ascii(label);
        ascii(value.length() > MAX_VALUE_BYTES ? value.substring(0, MAX_VALUE_BYTES) : value);
    }

    void bytes(String label, byte[] value) {
        ascii(label);
        int count = Math.min(value.length, MAX_VALUE_BYTES);
        System.arraycopy(value, 0, buffer, length, count);
        length += count;
    }

    void bytes(String label, ByteBuf source, int from, int count) {
        ascii(label);
        int taken = Math.min(count, MAX_VALUE_BYTES);
        source.getBytes(from, buffer, length, taken);
        length += taken;
    }

    void number(String label, long value) {
        ascii(label);
        int at = MAX_NUMBER_DIGITS;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        System.arraycopy(digits, at, buffer, length, MAX_NUMBER_DIGITS - at);
        length += MAX_NUMBER_DIGITS - at;
    }

    @SuppressWarnings(
            "deprecation") // takes the low byte of each character: exactly what ASCII needs, and nothing is allocated
    private void ascii(String text) {
        text.getBytes(0, text.length(), buffer, length);
        length += text.length();
    }

    void end() {
        buffer[length++] = '\n';
        lines++;
    }

    /** Hands the lines over; returns how many were dropped so far because the writer is behind. */
    long flush() {
        if (length > 0) {
            if (!log.offer(Arrays.copyOf(buffer, length))) {
                droppedLines += lines;
            }
            length = 0;
            lines = 0;
        }
        return droppedLines;
    }
}
