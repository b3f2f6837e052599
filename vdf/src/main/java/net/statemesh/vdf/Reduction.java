// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * Brings a positive definite form to the reduced one of its class: -a &lt; b &lt;= a &lt;= c, and b &gt;= 0 when a = c.
 *
 * <p>Source: Cohen, "A Course in Computational Algebraic Number Theory", algorithm 5.4.2. NUCOMP and NUDUPL leave forms that are a step or
 * two away, so that the quotients fit a word nearly always.
 */
final class Reduction {
    private static final int WORD_QUOTIENT_BITS = 30;

    private final LimbArithmetic arithmetic;
    private final Register middle;
    private final Register quotient;
    private final Register remainder;
    private final Register product;

    Reduction(LimbArithmetic arithmetic, int capacityLimbs) {
        this.arithmetic = arithmetic;
        middle = new Register(capacityLimbs);
        quotient = new Register(capacityLimbs);
        remainder = new Register(capacityLimbs);
        product = new Register(capacityLimbs);
    }

    void reduce(MutableForm f) {
        while (true) {
            normalise(f);
            int order = f.a.compareMagnitude(f.c);
            if (order < 0) {
                return;
            }
            if (order == 0) {
                f.b.negative = false;
                return;
            }
            f.swapEnds();
            f.b.negate();
        }
    }

    /** Brings b to -a &lt; b &lt;= a by x -&gt; x + q y. */
    private void normalise(MutableForm f) {
        while (true) {
            int order = f.b.compareMagnitude(f.a);
            if (order < 0) {
                return;
            }
            if (order == 0) {
                f.b.negative = false;
                return;
            }
            int gap = f.b.bitLength() - f.a.bitLength();
            if (gap < WORD_QUOTIENT_BITS) {
                long q = nearestQuotient(f.b, f.a);
                shift(f, f.b.negative ? -q : q);
            } else {
                shiftFar(f);
            }
        }
    }

    /** About |b| / 2a, at least 1; less than one unit from the exact value, so that |b| - 2aq is below 2a. */
    private static long nearestQuotient(Register b, Register a) {
        int shift = Math.max(0, b.bitLength() - 62);
        long bTop = b.bitsFrom(shift);
        long aTop = a.bitsFrom(shift);
        return Math.max(1, (bTop / aTop + 1) >>> 1);
    }

    /** b' = b - 2qa and c' = c - qb + q²a, by way of m = b - qa: b' = m - qa, c' = c - qm. */
    private void shift(MutableForm f, long q) {
        middle.set(f.b);
        middle.subtractMultiple(f.a, q);
        f.b.set(middle);
        f.b.subtractMultiple(f.a, q);
        f.c.subtractMultiple(middle, q);
    }

    private void shiftFar(MutableForm f) {
        product.set(f.a);
        product.twice();
        arithmetic.divide(quotient, remainder, f.b, product);
        arithmetic.multiply(product, quotient, f.a);
        middle.setDifference(f.b, product);
        f.b.setDifference(middle, product);
        arithmetic.multiply(product, quotient, middle);
        f.c.setDifference(f.c, product);
    }
}
