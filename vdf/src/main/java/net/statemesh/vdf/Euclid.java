// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * Euclid's algorithm on two long numbers p &gt;= q &gt;= 0, run to the end (extended gcd) or halfway (partial gcd).
 *
 * <p>Two rows are kept: remainders x &gt;= y and the magnitudes v, w of their cofactors of q, so that (−1)^k x = −v q and
 * (−1)^k y = w q modulo p after k steps. The cofactors of p are not kept: nobody asks for them.
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
    /** Whether the number of steps so far is odd. */
    boolean odd;
    /** Whether any step was made. */
    boolean moved;

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

    /** Runs to the end: x is the gcd of |p| and |q|, v the magnitude of a cofactor of |q|; it is negative when {@code odd} is false. */
    void extended(Register p, Register q) {
        start(p, q);
        while (y.size > 0 && x.size > 1) {
            if (!leap(0)) {
                divisionStep();
            }
        }
        if (y.size > 0) {
            finishOnWords();
        }
    }

    /** Runs until the remainder after y would have at most about {@code floorBits} bits. */
    void partial(Register p, Register q, int floorBits) {
        start(p, q);
        while (y.bitLength() > floorBits) {
            int exponent = floorBits + 63 - x.bitLength();
            long floorHigh = exponent < 0 ? 0 : exponent >= 62 ? Long.MAX_VALUE : 1L << exponent;
            if (x.size < 2 || !leap(floorHigh)) {
                if (x.size >= 2 && floorHigh > LehmerMatrix.FIRST_ROUND_FLOOR) {
                    return;
                }
                divisionStep();
            }
        }
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
        if (x.compareMagnitude(y) < 0) {
            divisionStep();
        }
    }

    private boolean leap(long floorHigh) {
        int n = x.size;
        long[] xs = x.limbs;
        long[] ys = y.limbs;
        for (int i = y.size; i < n; i++) {
            ys[i] = 0;
        }
        int shift = Long.numberOfLeadingZeros(xs[n - 1]);
        long x3 = n > 2 ? xs[n - 3] : 0;
        long y3 = n > 2 ? ys[n - 3] : 0;
        long xTop = xs[n - 1] << shift | xs[n - 2] >>> 1 >>> (63 - shift);
        long xNext = xs[n - 2] << shift | x3 >>> 1 >>> (63 - shift);
        long yTop = ys[n - 1] << shift | ys[n - 2] >>> 1 >>> (63 - shift);
        long yNext = ys[n - 2] << shift | y3 >>> 1 >>> (63 - shift);
        if (!matrix.reduce(xTop >>> 1, xTop << 63 | xNext >>> 1, yTop >>> 1, yTop << 63 | yNext >>> 1, floorHigh)) {
            return false;
        }
        apply(n);
        return true;
    }

    private void apply(int n) {
        LehmerMatrix m = matrix;
        if (m.odd) {
            Limbs.transform(y.limbs, x.limbs, n, m.b, m.a, m.d, m.c);
            swapRemainders();
            odd = !odd;
        } else {
            Limbs.transform(x.limbs, y.limbs, n, m.a, m.b, m.c, m.d);
        }
        x.size = Limbs.trim(x.limbs, n);
        y.size = Limbs.trim(y.limbs, n);
        int size = Math.max(v.size, w.size);
        for (int i = v.size; i < size; i++) {
            v.limbs[i] = 0;
        }
        for (int i = w.size; i < size; i++) {
            w.limbs[i] = 0;
        }
        Limbs.transformSum(v.limbs, w.limbs, size, m.a, m.b, m.c, m.d);
        v.size = Limbs.trim(v.limbs, size + 1);
        w.size = Limbs.trim(w.limbs, size + 1);
        moved = true;
        if (x.compareMagnitude(y) < 0) {
            swapRemainders();
            swapCofactors();
            odd = !odd;
        }
    }

    /** One step with a quotient of any size: at the start from small forms, and where a quotient needs more than a word. */
    private void divisionStep() {
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
        spare.size = Limbs.combine(spare.limbs, v.limbs, v.size, a, w.limbs, w.size, b);
        Register row = spare;
        spare = v;
        v = row;
        x.limbs[0] = p;
        y.size = 0;
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
