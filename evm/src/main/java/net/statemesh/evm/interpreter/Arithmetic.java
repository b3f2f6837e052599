// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.Arrays;

/**
 * Addition, multiplication and powers modulo 2^256 on the stack: {@code t} is the top item's least significant long, {@code t - 4} the
 * second's, where the result goes.
 */
final class Arithmetic {
    private Arithmetic() {}

    static void add(long[] s, int t) {
        long a0 = s[t];
        long b0 = s[t - 4];
        long r0 = a0 + b0;
        long carry = carry(a0, b0, r0);
        long a1 = s[t + 1];
        long b1 = s[t - 3];
        long p1 = a1 + b1;
        long r1 = p1 + carry;
        carry = carry(a1, b1, p1) | carry(p1, carry, r1);
        long a2 = s[t + 2];
        long b2 = s[t - 2];
        long p2 = a2 + b2;
        long r2 = p2 + carry;
        carry = carry(a2, b2, p2) | carry(p2, carry, r2);
        s[t - 4] = r0;
        s[t - 3] = r1;
        s[t - 2] = r2;
        s[t - 1] += s[t + 3] + carry;
    }

    /** Top minus second. */
    static void subtract(long[] s, int t) {
        long a0 = s[t];
        long b0 = s[t - 4];
        long r0 = a0 - b0;
        long borrow = borrow(a0, b0, r0);
        long a1 = s[t + 1];
        long b1 = s[t - 3];
        long p1 = a1 - b1;
        long r1 = p1 - borrow;
        borrow = borrow(a1, b1, p1) | borrow(p1, borrow, r1);
        long a2 = s[t + 2];
        long b2 = s[t - 2];
        long p2 = a2 - b2;
        long r2 = p2 - borrow;
        borrow = borrow(a2, b2, p2) | borrow(p2, borrow, r2);
        s[t - 4] = r0;
        s[t - 3] = r1;
        s[t - 2] = r2;
        s[t - 1] = s[t + 3] - s[t - 1] - borrow;
    }

    static void multiply(long[] s, int t) {
        multiply(s, t, s, t - 4, s, t - 4);
    }

    /** r = a * b; r may be a or b. */
    static void multiply(long[] a, int i, long[] b, int j, long[] r, int k) {
        long a0 = a[i];
        long a1 = a[i + 1];
        long a2 = a[i + 2];
        long a3 = a[i + 3];
        long b0 = b[j];
        long b1 = b[j + 1];
        long b2 = b[j + 2];
        long b3 = b[j + 3];
        r[k] = a0 * b0;
        if ((a1 | a2 | a3 | b1 | b2 | b3) == 0) {
            r[k + 1] = Math.unsignedMultiplyHigh(a0, b0);
            r[k + 2] = 0;
            r[k + 3] = 0;
            return;
        }
        long r1 = Math.unsignedMultiplyHigh(a0, b0);
        long r3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;

        long p = a0 * b1;
        r1 += p;
        long r2 = Math.unsignedMultiplyHigh(a0, b1) + below(r1, p);
        p = a1 * b0;
        r1 += p;
        long high = Math.unsignedMultiplyHigh(a1, b0) + below(r1, p);
        r2 += high;
        r3 += below(r2, high);

        p = a0 * b2;
        r2 += p;
        r3 += Math.unsignedMultiplyHigh(a0, b2) + below(r2, p);
        p = a1 * b1;
        r2 += p;
        r3 += Math.unsignedMultiplyHigh(a1, b1) + below(r2, p);
        p = a2 * b0;
        r2 += p;
        r3 += Math.unsignedMultiplyHigh(a2, b0) + below(r2, p);
        r[k + 1] = r1;
        r[k + 2] = r2;
        r[k + 3] = r3;
    }

    /** Top to the power of second: square and multiply from the exponent's highest bit. */
    static void exponentiate(long[] s, int t, long[] scratch) {
        Arrays.fill(scratch, 0, 4, 0);
        scratch[0] = 1;
        for (int bit = bitLength(s, t - 4) - 1; bit >= 0; bit--) {
            multiply(scratch, 0, scratch, 0, scratch, 0);
            if ((s[t - 4 + (bit >>> 6)] >>> bit & 1) != 0) {
                multiply(scratch, 0, s, t, scratch, 0);
            }
        }
        System.arraycopy(scratch, 0, s, t - 4, 4);
    }

    static int bitLength(long[] s, int at) {
        for (int i = 3; i >= 0; i--) {
            if (s[at + i] != 0) {
                return (i + 1) * Long.SIZE - Long.numberOfLeadingZeros(s[at + i]);
            }
        }
        return 0;
    }

    /** Two's complement. */
    static void negate(long[] s, int at) {
        long carry = 1;
        for (int i = at; i < at + 4; i++) {
            s[i] = ~s[i] + carry;
            carry &= s[i] == 0 ? 1 : 0;
        }
    }

    static long carry(long a, long b, long sum) {
        return ((a & b) | ((a | b) & ~sum)) >>> 63;
    }

    static long borrow(long a, long b, long difference) {
        return ((~a & b) | ((~a | b) & difference)) >>> 63;
    }

    /** 1 when a is below b, unsigned. */
    static long below(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
    }
}
