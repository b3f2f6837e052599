// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/** Multiplication and division in Java alone, for machines without libgmp. Source: Knuth, TAOCP 2, 4.3.1, algorithms M and D. */
final class JavaLimbs implements LimbArithmetic {
    private final long[] dividend;
    private final long[] divisor;

    /** @param capacityLimbs largest number of limbs of any operand */
    JavaLimbs(int capacityLimbs) {
        dividend = new long[capacityLimbs + 1];
        divisor = new long[capacityLimbs];
    }

    @Override
    public void multiply(Register r, Register x, Register y) {
        if (x.size == 0 || y.size == 0) {
            r.set(0);
            return;
        }
        Register longer = x.size >= y.size ? x : y;
        Register shorter = x.size >= y.size ? y : x;
        long[] product = r.limbs;
        int n = longer.size;
        product[n] = Limbs.multiplyWord(product, longer.limbs, n, shorter.limbs[0]);
        for (int i = 1; i < shorter.size; i++) {
            product[n + i] = Limbs.addMultiple(product, i, longer.limbs, n, shorter.limbs[i]);
        }
        r.size = Limbs.trim(product, n + shorter.size);
        r.negative = x.negative ^ y.negative;
    }

    @Override
    public void square(Register r, Register x) {
        multiply(r, x, x);
        r.negative = false;
    }

    @Override
    public void divide(Register q, Register r, Register n, Register d) {
        if (n.size < d.size) {
            q.set(0);
            r.set(n);
            return;
        }
        boolean negative = n.negative;
        boolean quotientNegative = n.negative ^ d.negative;
        int shift = Long.numberOfLeadingZeros(d.limbs[d.size - 1]);
        Limbs.shiftLeft(divisor, d.limbs, d.size, shift);
        dividend[n.size] = Limbs.shiftLeft(dividend, n.limbs, n.size, shift);
        int quotientSize = n.size - d.size + 1;
        int divisorSize = d.size;
        quotient(q.limbs, quotientSize, divisorSize);
        Limbs.shiftRight(r.limbs, dividend, divisorSize, shift);
        q.size = Limbs.trim(q.limbs, quotientSize);
        q.negative = q.size > 0 && quotientNegative;
        r.size = Limbs.trim(r.limbs, divisorSize);
        r.negative = r.size > 0 && negative;
    }

    @Override
    public void divideExactly(Register q, Register n, Register d) {
        divide(q, n, n, d);
    }

    /** Leaves the remainder in the low limbs of {@code dividend}; {@code divisor} has its top bit set. */
    private void quotient(long[] q, int quotientSize, int size) {
        long top = divisor[size - 1];
        long second = size > 1 ? divisor[size - 2] : 0;
        long reciprocal = reciprocal(top);
        for (int j = quotientSize - 1; j >= 0; j--) {
            long high = dividend[j + size];
            long estimate = estimate(
                    high, dividend[j + size - 1], j + size >= 2 ? dividend[j + size - 2] : 0, top, second, reciprocal);
            long borrow = Limbs.subtractMultiple(dividend, j, divisor, size, estimate);
            if (Long.compareUnsigned(high, borrow) < 0) {
                estimate--;
                addBack(j, size);
            }
            q[j] = estimate;
        }
    }

    private void addBack(int from, int size) {
        long carry = 0;
        for (int i = 0; i < size; i++) {
            long s = dividend[from + i] + divisor[i];
            long t = s + carry;
            carry = Limbs.borrow(s, divisor[i]) + Limbs.borrow(t, s);
            dividend[from + i] = t;
        }
    }

    /** floor((2^128 - 1) / top) - 2^64 for top &gt;= 2^63. Source: Möller and Granlund, "Improved division by invariant integers" (2011). */
    private static long reciprocal(long top) {
        return divideTwoByOne(~top, -1L, top);
    }

    /** Quotient of (high, low) by d, high &lt; d, d normalised: two half-limb steps (Knuth D on 32-bit digits). */
    private static long divideTwoByOne(long high, long low, long d) {
        long d1 = d >>> 32;
        long d0 = d & 0xffffffffL;
        long q1 = halfQuotient(high, low >>> 32, d1, d0);
        long rest = (high << 32 | low >>> 32) - q1 * d;
        long q0 = halfQuotient(rest, low & 0xffffffffL, d1, d0);
        return (q1 << 32) + q0;
    }

    private static long halfQuotient(long high, long next, long d1, long d0) {
        long q = Long.divideUnsigned(high, d1);
        long r = high - q * d1;
        while (q >>> 32 != 0 || Long.compareUnsigned(q * d0, r << 32 | next) > 0) {
            q--;
            r += d1;
            if (r >>> 32 != 0) {
                break;
            }
        }
        return q;
    }

    /** Quotient digit that is right or one too large (Knuth D3, with the reciprocal in place of a division). */
    private static long estimate(long high, long middle, long low, long top, long second, long reciprocal) {
        long q;
        long rest;
        if (high == top) {
            q = -1L;
            rest = middle + top;
            if (Long.compareUnsigned(rest, top) < 0) {
                return q;
            }
        } else {
            long qLow = reciprocal * high + middle;
            q = Math.unsignedMultiplyHigh(reciprocal, high) + high + Limbs.borrow(qLow, middle) + 1;
            rest = middle - q * top;
            if (Long.compareUnsigned(rest, qLow) > 0) {
                q--;
                rest += top;
            }
            if (Long.compareUnsigned(rest, top) >= 0) {
                q++;
                rest -= top;
            }
        }
        while (true) {
            long productHigh = Math.unsignedMultiplyHigh(q, second);
            long productLow = q * second;
            boolean tooLarge = productHigh == rest
                    ? Long.compareUnsigned(productLow, low) > 0
                    : Long.compareUnsigned(productHigh, rest) > 0;
            if (!tooLarge) {
                return q;
            }
            q--;
            rest += top;
            if (Long.compareUnsigned(rest, top) < 0) {
                return q;
            }
        }
    }
}
