// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;
import net.statemesh.ingress.http1.Ascii;

/** Makes and judges request ids: 32 hex digits of our own, or what a client sent when it is harmless in a log. */
final class RequestIds {
    private static final int MIN_CHARS = 8;
    private static final int MAX_CHARS = 64;
    private static final byte[] HEX = Ascii.bytes("0123456789abcdef");

    private final SplittableRandom random;

    RequestIds(long seed) {
        this.random = new SplittableRandom(seed);
    }

    void write(ByteBuf out) {
        writeHex(out, random.nextLong());
        writeHex(out, random.nextLong());
    }

    String next() {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    private static void writeHex(ByteBuf out, long value) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            out.writeByte(HEX[(int) (value >>> shift) & 15]);
        }
    }

    /** 8 to 64 of letters, digits, {@code -}, {@code _} and {@code .}. */
    static boolean isSane(byte[] bytes, int from, int to) {
        if (to - from < MIN_CHARS || to - from > MAX_CHARS) {
            return false;
        }
        for (int at = from; at < to; at++) {
            byte value = Ascii.lower(bytes[at]);
            boolean letterOrDigit = (value >= 'a' && value <= 'z') || (value >= '0' && value <= '9');
            if (!letterOrDigit && value != '-' && value != '_' && value != '.') {
                return false;
            }
        }
        return true;
    }
}
