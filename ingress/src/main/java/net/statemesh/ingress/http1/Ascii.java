// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.http1;

import java.nio.charset.StandardCharsets;

/** Classes of bytes, by table. */
public final class Ascii {
    /** Token characters (RFC 9110, 5.6.2) in lower case with {@code _} read as {@code -}; 0 for everything else. */
    private static final byte[] FOLDED = new byte[256];

    private static final byte[] LOWER = new byte[256];
    private static final boolean[] HOST = new boolean[256];

    static {
        for (int value = 0; value < 256; value++) {
            LOWER[value] = (byte) (value >= 'A' && value <= 'Z' ? value + 0x20 : value);
        }
        for (byte value : bytes("!#$%&'*+-.^`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
            FOLDED[value] = LOWER[value];
        }
        FOLDED['_'] = '-';
        for (byte value : bytes("-._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
            HOST[value] = true;
        }
    }

    private Ascii() {}

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte lower(byte value) {
        return LOWER[value & 0xff];
    }

    /** The byte as a header name compares it, or 0 when names may not contain it. */
    static byte folded(byte value) {
        return FOLDED[value & 0xff];
    }

    static boolean isToken(byte value) {
        return FOLDED[value & 0xff] != 0;
    }

    static boolean isHost(byte value) {
        return HOST[value & 0xff];
    }

    static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    static boolean isBlank(byte value) {
        return value == ' ' || value == '\t';
    }

    /** Whether {@code bytes[from, to)} is {@code expected} (given in lower case), ignoring case. */
    public static boolean equalsIgnoreCase(byte[] bytes, int from, int to, byte[] expected) {
        if (to - from != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (lower(bytes[from + i]) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
