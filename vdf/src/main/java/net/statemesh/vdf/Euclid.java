// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * Euclid's algorithm on two long numbers p and q, run to the end (extended gcd) or halfway (partial gcd).
 *
 * <p>Two rows are kept: remainders x and y and the magnitudes v, w of their cofactors of q, so that x = -v q and y = w q modulo p, with both signs
 * changed where {@code odd}. The larger remainder may be in either row. The cofactors of p are not kept: nobody asks for them.
 */
final class Euclid {
    private final LimbArithmetic arithmetic;
    private final LehmerMatrix matrix = new LehmerMatrix();
    private final Register quotient;
    private final Register product;
    private Register spare;
    Register x;
    Register y;
    Register v;
    Register w;
    /** Whether the signs are those after an odd number of steps. */
    boolean odd;
    /** Whether any step was made. */
    boolean moved;

    /** Limbs of the larger remainder; both registers hold zeros up to here while steps are made, and their own sizes do not count. */
    private int remainderLimbs;
    /** The same for the cofactors. */
    private int cofactorLimbs;

    Euclid(LimbArithmetic arithmetic, int capacityLimbs) {
        this.arithmetic = arithmetic;
        quotient = new Register(capacityLimbs);
        product = new Register(capacityLimbs);
        spare = new Register(capacityLimbs);
        x = new Register(capacityLimbs);
        y = new Register(capacityLimbs);
        v = new Register(capacityLimbs);
        w = new Register(capacityLimbs);
    }

    /**
     * Runs to the end: x is the gcd of |p| and |q|, v the magnitude of a cofactor of |q|, which is negative when {@code odd} is false.
     */
    void extended(Register p, Register q) {
        start(p, q);
        boolean more = true;
        while (more && remainderLimbs > 1) {
            more = leap(0) || divisionStep();
        }
        if (remainderLimbs == 1) {
            finishOnWords();
        }
        settle();
    }

    /** Runs until the next remainder would have at most about {@code floorBits} bits. */
    void partial(Register p, Register q, int floorBits) {
        start(p, q);
        boolean more = true;
        while (more) {
            long floorHigh = floorHigh(floorBits);
            boolean leapt = remainderLimbs > 1 && leap(floorHigh);
            if (floorHigh > LehmerMatrix.FIRST_ROUND_FLOOR && remainderLimbs > 1) {
                more = false; // what a leap leaves above such a floor, no other step can use
            } else if (!leapt) {
                more = shorterBits() > floorBits && divisionStep();
            }
        }
        settle();
    }

    /** 2^floorBits at the scale of the leading 63 bits of the larger remainder. */
    private long floorHigh(int floorBits) {
        int exponent = floorBits + 63 - Math.max(bits(x), bits(y));
        return exponent < 0 ? 0 : exponent >= 62 ? Long.MAX_VALUE : 1L << exponent;
    }

    private int shorterBits() {
        return Math.min(bits(x), bits(y));
    }

    private int bits(Register remainder) {
        return Limbs.bitLength(remainder.limbs, Limbs.trim(remainder.limbs, remainderLimbs));
    }

    private void start(Register p, Register q) {
        x.set(p);
        x.negative = false;
        y.set(q);
        y.negative = false;
        v.set(0);
        w.set(1);
        odd = false;
        moved = false;
        unsettle();
    }

    /** Goes over to common lengths: {@link #settle} goes back. */
    private void unsettle() {
        remainderLimbs = Math.max(x.size, y.size);
        x.clearUpTo(remainderLimbs);
        y.clearUpTo(remainderLimbs);
        cofactorLimbs = Math.max(v.size, w.size);
        v.clearUpTo(cofactorLimbs);
        w.clearUpTo(cofactorLimbs);
    }

    private void settle() {
        x.size = Limbs.trim(x.limbs, remainderLimbs);
        y.size = Limbs.trim(y.limbs, remainderLimbs);
        v.size = Limbs.trim(v.limbs, cofactorLimbs);
        w.size = Limbs.trim(w.limbs, cofactorLimbs);
    }

    /** Many steps by one matrix; false when there is none for these remainders, which must have two limbs. */
    private boolean leap(long floorHigh) {
        int n = remainderLimbs;
        long[] xs = x.limbs;
        long[] ys = y.limbs;
        int shift = Long.numberOfLeadingZeros(xs[n - 1] | ys[n - 1]);
        long x3 = n > 2 ? xs[n - 3] : 0;
        long y3 = n > 2 ? ys[n - 3] : 0;
        long xTop = xs[n - 1] << shift | xs[n - 2] >>> 1 >>> (63 - shift);
        long xNext = xs[n - 2] << shift | x3 >>> 1 >>> (63 - shift);
        long yTop = ys[n - 1] << shift | ys[n - 2] >>> 1 >>> (63 - shift);
        long yNext = ys[n - 2] << shift | y3 >>> 1 >>> (63 - shift);
        LehmerMatrix m = matrix;
        if (!m.reduce(xTop >>> 1, xTop << 63 | xNext >>> 1, yTop >>> 1, yTop << 63 | yNext >>> 1, floorHigh)) {
            return false;
        }
        Limbs.transform(xs, ys, n, m.a, m.b, m.c, m.d);
        while (n > 1 && (xs[n - 1] | ys[n - 1]) == 0) {
            n--;
        }
        remainderLimbs = n;
        int k = cofactorLimbs;
        Limbs.transformSum(v.limbs, w.limbs, k, m.a, m.b, m.c, m.d);
        cofactorLimbs = k + ((v.limbs[k] | w.limbs[k]) == 0 ? 0 : 1);
        moved = true;
        return true;
    }

    /** One step with a quotient of any size, where it does not fit a word; false at the end. */
    private boolean divisionStep() {
        settle();
        if (x.compareMagnitude(y) < 0) {
            swapRemainders();
            swapCofactors();
            odd = !odd;
        }
        if (y.size == 0) {
            return false;
        }
        arithmetic.divide(quotient, spare, x, y);
        Register r = spare;
        spare = x;
        x = y;
        y = r;
        arithmetic.multiply(product, quotient, w);
        v.setSum(v, product);
        swapCofactors();
        odd = !odd;
        moved = true;
        unsettle();
        return true;
    }

    /** The end, when both remainders fit a word: only the row of the gcd is wanted. */
    private void finishOnWords() {
        long p = x.limbs[0];
        long q = y.limbs[0];
        long a = 1;
        long b = 0;
        long c = 0;
        long d = 1;
        while (q != 0) {
            long quotientWord = Long.divideUnsigned(p, q);
            long r = p - quotientWord * q;
            p = q;
            q = r;
            long nextC = a + quotientWord * c;
            long nextD = b + quotientWord * d;
            a = c;
            b = d;
            c = nextC;
            d = nextD;
            odd = !odd;
        }
        spare.size = Limbs.combine(spare.limbs, v.limbs, cofactorLimbs, a, w.limbs, cofactorLimbs, b);
        Register row = spare;
        spare = v;
        v = row;
        v.clearUpTo(++cofactorLimbs);
        w.limbs[cofactorLimbs - 1] = 0;
        x.limbs[0] = p;
        y.limbs[0] = 0;
        moved = true;
    }

    private void swapRemainders() {
        Register t = x;
        x = y;
        y = t;
    }

    private void swapCofactors() {
        Register t = v;
        v = w;
        w = t;
    }
}
