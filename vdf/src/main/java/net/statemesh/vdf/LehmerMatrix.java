// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * Many steps of Euclid's algorithm at once, found from the 127 leading bits of two numbers x and y (double-digit Lehmer: two rounds on
 * 63-bit words whose matrices are multiplied): x' = a x - b y and y' = d y - c x with ad - bc = 1. Both are positive, neither need be the
 * larger one, and each entry is below 2^62.
 *
 * <p>The quotients need not be those that Euclid would find in the full numbers: the callers rely on the determinant only. That freedom is used
 * twice. One division of the words yields a quotient and {@value FareyTable#INDEX_BITS} bits after the point, from which {@link FareyTable} has the
 * product of the next steps ready: about 11 bits of x y for one division, where Euclid needs three or four, each waiting for the one before. And
 * swaps are left out, so that no branch depends on the numbers but the one that ends the loop.
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

    private static final long LOW_HALF = (1L << 32) - 1;

    long a;
    long b;
    long c;
    long d;

    /**
     * Finds a matrix for x and y, given by their leading 127 bits at one common scale: the larger of the high words is in [2^62, 2^63).
     *
     * @param floorHigh no remainder below this value (at the scale of the high words) is made; for a whole gcd 0
     * @return whether at least one step was made
     */
    boolean reduce(long xHigh, long xLow, long yHigh, long yLow, long floorHigh) {
        round(xHigh, yHigh, Math.max(FIRST_ROUND_FLOOR, floorHigh), floorHigh > FIRST_ROUND_FLOOR);
        if ((b | c) == 0) {
            return false;
        }
        if (floorHigh > FIRST_ROUND_FLOOR) {
            return true;
        }
        long a1 = a;
        long b1 = b;
        long c1 = c;
        long d1 = d;
        long rHigh = differenceHigh(a1, xHigh, xLow, b1, yHigh, yLow);
        long rLow = a1 * xLow - b1 * yLow;
        long sHigh = differenceHigh(d1, yHigh, yLow, c1, xHigh, xLow);
        long sLow = d1 * yLow - c1 * xLow;
        int shift = Long.numberOfLeadingZeros(rHigh | sHigh) - 1;
        if (shift <= 0) {
            return true;
        }
        long floor = floorHigh >= (1L << (62 - shift)) ? Long.MAX_VALUE : floorHigh << shift;
        round(
                rHigh << shift | rLow >>> (64 - shift),
                sHigh << shift | sLow >>> (64 - shift),
                Math.max(SECOND_ROUND_FLOOR, floor),
                floor > SECOND_ROUND_FLOOR);
        long a2 = a;
        long b2 = b;
        long c2 = c;
        long d2 = d;
        a = a2 * a1 + b2 * c1;
        b = a2 * b1 + b2 * d1;
        c = c2 * a1 + d2 * c1;
        d = c2 * b1 + d2 * d1;
        return true;
    }

    /**
     * Steps on two words, as long as the next remainders are at least {@code floor}; leaves the matrix in the fields. A row of the matrix is kept in one
     * word, a half for each entry: both are below 2^31 because the remainders are at least 2^32.
     *
     * @param thorough whether to go on with single steps where a whole table entry would lead below the floor
     */
    private void round(long xStart, long yStart, long floor, boolean thorough) {
        long x = xStart;
        long y = yStart;
        long ab = 1;
        long cd = 1L << 32;
        while (x >= floor && y >= floor) {
            // x / y 2^INDEX_BITS, rounded down
            long ratio = Long.divideUnsigned(x, (y >>> FareyTable.INDEX_BITS) + 1);
            long entry = FareyTable.entry(ratio);
            long q = ratio >>> FareyTable.INDEX_BITS;
            long r = x - q * y;
            long nextX = FareyTable.q1(entry) * r - FareyTable.p1(entry) * y;
            long nextY = FareyTable.p2(entry) * y - FareyTable.q2(entry) * r;
            if (nextX < floor || nextY < floor) {
                break;
            }
            x = nextX;
            y = nextY;
            ab += q * cd;
            long nextCd = FareyTable.p2(entry) * cd + FareyTable.q2(entry) * ab;
            ab = FareyTable.q1(entry) * ab + FareyTable.p1(entry) * cd;
            cd = nextCd;
        }
        boolean unmoved = ab == 1;
        while ((thorough || unmoved) && y >= floor) {
            long q = Long.divideUnsigned(x, y);
            long r = x - q * y;
            if (r < floor) {
                break;
            }
            x = r;
            ab += q * cd;
            q = Long.divideUnsigned(y, x);
            r = y - q * x;
            if (r < floor) {
                break;
            }
            y = r;
            cd += q * ab;
        }
        a = ab & LOW_HALF;
        b = ab >>> 32;
        c = cd & LOW_HALF;
        d = cd >>> 32;
    }

    /** High word of p (xHigh, xLow) - q (yHigh, yLow) modulo 2^128. */
    private static long differenceHigh(long p, long xHigh, long xLow, long q, long yHigh, long yLow) {
        long pLow = p * xLow;
        long qLow = q * yLow;
        long borrow = Limbs.borrow(pLow, qLow);
        return Math.unsignedMultiplyHigh(p, xLow) + p * xHigh - Math.unsignedMultiplyHigh(q, yLow) - q * yHigh - borrow;
    }
}
