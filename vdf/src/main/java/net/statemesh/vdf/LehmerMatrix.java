// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * Several steps of Euclid's algorithm at once, found from the 127 leading bits of two numbers x and y (double-digit Lehmer: two rounds
 * on 63-bit words whose matrices are multiplied).
 *
 * <p>Holds the magnitudes of the matrix; its signs alternate. After an even number of steps x' = a x - b y and y' = d y - c x, after an
 * odd number x' = b y - a x and y' = c x - d y. Both are positive and each entry is below 2^62. The quotients need not be those that
 * the full numbers would give: any such matrix has determinant ±1, which is all that the callers rely on.
 *
 * <p>The quotient comes from the processor's division instead of a cascade of comparisons: small quotients are quick on present
 * processors and, unlike comparisons, cannot be mispredicted.
 *
 * <p>Source: Knuth, TAOCP 2, 4.5.2 algorithm L; Jebelean, "A double-digit Lehmer-Euclid algorithm" (1995).
 */
final class LehmerMatrix {
    /**
     * Smallest remainder that the first round keeps. Entries stay at most 2^63 / 2^32, and leaving out the lower digits changes a
     * remainder by less than one entry, so that it stays positive.
     */
    static final long FIRST_ROUND_FLOOR = 1L << 32;

    /** The second round starts with an error of up to two units in each word, so it stops one bit earlier. */
    static final long SECOND_ROUND_FLOOR = 1L << 33;

    long a;
    long b;
    long c;
    long d;
    boolean odd;

    /**
     * Finds a matrix for x and y, given by their leading 127 bits at one common scale: {@code xHigh} in [2^62, 2^63).
     *
     * @param floorHigh no remainder below this value (at the scale of {@code xHigh}) is made; for a whole gcd 0
     * @return whether at least one step was made
     */
    boolean reduce(long xHigh, long xLow, long yHigh, long yLow, long floorHigh) {
        round(xHigh, yHigh, Math.max(FIRST_ROUND_FLOOR, floorHigh));
        if (b == 0) {
            return false;
        }
        if (floorHigh > FIRST_ROUND_FLOOR) {
            return true;
        }
        long a1 = a;
        long b1 = b;
        long c1 = c;
        long d1 = d;
        boolean odd1 = odd;
        long rHigh = differenceHigh(a1, xHigh, xLow, b1, yHigh, yLow);
        long rLow = a1 * xLow - b1 * yLow;
        long sHigh = differenceHigh(d1, yHigh, yLow, c1, xHigh, xLow);
        long sLow = d1 * yLow - c1 * xLow;
        if (odd1) {
            rHigh = negatedHigh(rHigh, rLow);
            rLow = -rLow;
            sHigh = negatedHigh(sHigh, sLow);
            sLow = -sLow;
        }
        int shift = Long.numberOfLeadingZeros(rHigh) - 1;
        if (shift <= 0 || sHigh < 0) {
            return true;
        }
        long floor = floorHigh >= (1L << (62 - shift)) ? Long.MAX_VALUE : floorHigh << shift;
        round(
                rHigh << shift | rLow >>> (64 - shift),
                sHigh << shift | sLow >>> (64 - shift),
                Math.max(SECOND_ROUND_FLOOR, floor));
        long a2 = a;
        long b2 = b;
        long c2 = c;
        long d2 = d;
        a = a2 * a1 + b2 * c1;
        b = a2 * b1 + b2 * d1;
        c = c2 * a1 + d2 * c1;
        d = c2 * b1 + d2 * d1;
        odd ^= odd1;
        return true;
    }

    /** Euclid on two words, as long as the next remainder is at least {@code floor}; leaves the matrix in the fields. */
    private void round(long x, long y, long floor) {
        long a0 = 1;
        long b0 = 0;
        long c0 = 0;
        long d0 = 1;
        boolean oddSteps = false;
        if (y >= FIRST_ROUND_FLOOR) {
            while (true) {
                long q = x / y;
                long r = x - q * y;
                if (r < floor) {
                    break;
                }
                x = r;
                a0 += q * c0;
                b0 += q * d0;
                q = y / x;
                r = y - q * x;
                if (r < floor) {
                    oddSteps = true;
                    break;
                }
                y = r;
                c0 += q * a0;
                d0 += q * b0;
            }
        }
        odd = oddSteps;
        a = oddSteps ? c0 : a0;
        b = oddSteps ? d0 : b0;
        c = oddSteps ? a0 : c0;
        d = oddSteps ? b0 : d0;
    }

    /** High word of p (xHigh, xLow) - q (yHigh, yLow) modulo 2^128. */
    private static long differenceHigh(long p, long xHigh, long xLow, long q, long yHigh, long yLow) {
        long pLow = p * xLow;
        long qLow = q * yLow;
        long borrow = Long.compareUnsigned(pLow, qLow) < 0 ? 1 : 0;
        return Math.unsignedMultiplyHigh(p, xLow) + p * xHigh - Math.unsignedMultiplyHigh(q, yLow) - q * yHigh - borrow;
    }

    private static long negatedHigh(long high, long low) {
        return ~high + (low == 0 ? 1 : 0);
    }
}
