// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

/** Comparison, logic and shifts on the stack: top with second, result in the second's place. */
final class Bitwise {
    private Bitwise() {}

    static void set(long[] s, int at, boolean value) {
        s[at] = value ? 1 : 0;
        s[at + 1] = 0;
        s[at + 2] = 0;
        s[at + 3] = 0;
    }

    static void zero(long[] s, int at) {
        s[at] = 0;
        s[at + 1] = 0;
        s[at + 2] = 0;
        s[at + 3] = 0;
    }

    /** Whether the word at a is below the word at b, unsigned. */
    static boolean isBelow(long[] s, int a, int b) {
        if (s[a + 3] != s[b + 3]) {
            return Long.compareUnsigned(s[a + 3], s[b + 3]) < 0;
        }
        if (s[a + 2] != s[b + 2]) {
            return Long.compareUnsigned(s[a + 2], s[b + 2]) < 0;
        }
        if (s[a + 1] != s[b + 1]) {
            return Long.compareUnsigned(s[a + 1], s[b + 1]) < 0;
        }
        return Long.compareUnsigned(s[a], s[b]) < 0;
    }

    static boolean isBelowSigned(long[] s, int a, int b) {
        boolean isNegative = s[a + 3] < 0;
        return isNegative == s[b + 3] < 0 ? isBelow(s, a, b) : isNegative;
    }

    static boolean isEqual(long[] s, int a, int b) {
        return ((s[a] ^ s[b]) | (s[a + 1] ^ s[b + 1]) | (s[a + 2] ^ s[b + 2]) | (s[a + 3] ^ s[b + 3])) == 0;
    }

    static boolean isZero(long[] s, int at) {
        return (s[at] | s[at + 1] | s[at + 2] | s[at + 3]) == 0;
    }

    static void and(long[] s, int t) {
        s[t - 4] &= s[t];
        s[t - 3] &= s[t + 1];
        s[t - 2] &= s[t + 2];
        s[t - 1] &= s[t + 3];
    }

    static void or(long[] s, int t) {
        s[t - 4] |= s[t];
        s[t - 3] |= s[t + 1];
        s[t - 2] |= s[t + 2];
        s[t - 1] |= s[t + 3];
    }

    static void xor(long[] s, int t) {
        s[t - 4] ^= s[t];
        s[t - 3] ^= s[t + 1];
        s[t - 2] ^= s[t + 2];
        s[t - 1] ^= s[t + 3];
    }

    static void not(long[] s, int t) {
        s[t] = ~s[t];
        s[t + 1] = ~s[t + 1];
        s[t + 2] = ~s[t + 2];
        s[t + 3] = ~s[t + 3];
    }

    /** BYTE: number top of second, 0 the most significant. */
    static void selectByte(long[] s, int t) {
        long value = 0;
        if (isBelowLimit(s, t, 32)) {
            int fromLow = 31 - (int) s[t];
            value = s[t - 4 + (fromLow >>> 3)] >>> ((fromLow & 7) << 3) & 0xff;
        }
        zero(s, t - 4);
        s[t - 4] = value;
    }

    /** SIGNEXTEND: second is a number of top + 1 bytes. */
    static void signExtend(long[] s, int t) {
        if (!isBelowLimit(s, t, 31)) {
            return;
        }
        int signBit = 8 * (int) s[t] + 7;
        int limb = signBit >>> 6;
        int unused = 63 - (signBit & 63);
        s[t - 4 + limb] = s[t - 4 + limb] << unused >> unused;
        long fill = s[t - 4 + limb] >> 63;
        for (int i = limb + 1; i < 4; i++) {
            s[t - 4 + i] = fill;
        }
    }

    static void shiftLeft(long[] s, int t) {
        if (!isBelowLimit(s, t, 256)) {
            zero(s, t - 4);
            return;
        }
        int limbs = (int) s[t] >>> 6;
        int bits = (int) s[t] & 63;
        for (int i = 3; i >= 0; i--) {
            long high = i >= limbs ? s[t - 4 + i - limbs] << bits : 0;
            // two shifts, because one by 64 would be one by 0
            long low = i > limbs ? s[t - 5 + i - limbs] >>> 1 >>> (63 - bits) : 0;
            s[t - 4 + i] = high | low;
        }
    }

    static void shiftRight(long[] s, int t) {
        shiftRight(s, t, 0);
    }

    static void shiftRightSigned(long[] s, int t) {
        shiftRight(s, t, s[t - 1] >> 63);
    }

    private static void shiftRight(long[] s, int t, long fill) {
        int limbs = isBelowLimit(s, t, 256) ? (int) s[t] >>> 6 : 4;
        int bits = (int) s[t] & 63;
        for (int i = 0; i < 4; i++) {
            long low = i + limbs < 4 ? s[t - 4 + i + limbs] : fill;
            long high = i + limbs < 3 ? s[t - 3 + i + limbs] : fill;
            s[t - 4 + i] = low >>> bits | high << 1 << (63 - bits);
        }
    }

    private static boolean isBelowLimit(long[] s, int at, int limit) {
        return (s[at + 1] | s[at + 2] | s[at + 3]) == 0 && Long.compareUnsigned(s[at], limit) < 0;
    }
}
