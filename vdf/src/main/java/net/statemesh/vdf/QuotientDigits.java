// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;

/**
 * floor(2^T / B) in signed digits of k bits, by long division. With digits spaced l apart, the digits number j, j + l, j + 2 l, … are lane j.
 *
 * <p>Source: Wesolowski, "Efficient verifiable delay functions" (2019), algorithm 4.
 */
final class QuotientDigits {
    private final ProofPlan plan;
    private final long squarings;
    private final BigInteger challenge;
    private final LimbArithmetic arithmetic;
    private final Register divisor;
    private final Register stride;
    private final Register rest;
    private final Register shifted;
    private final Register quotient;
    private final Register next;

    /** @param challenge of more than digitBits + 1 bits, so that the top digit is 0 */
    QuotientDigits(ProofPlan plan, long squarings, BigInteger challenge) {
        if (challenge.bitLength() <= plan.digitBits() + 1) {
            throw new IllegalArgumentException("a challenge of " + challenge.bitLength() + " bits is too short");
        }
        this.plan = plan;
        this.squarings = squarings;
        this.challenge = challenge;
        int capacity = 2 * (challenge.bitLength() / Long.SIZE + 2);
        arithmetic = new JavaLimbs(capacity);
        divisor = new Register(capacity);
        divisor.set(challenge);
        stride = new Register(capacity);
        stride.set(BigInteger.TWO.modPow(BigInteger.valueOf(plan.powerDistance()), challenge));
        rest = new Register(capacity);
        shifted = new Register(capacity);
        quotient = new Register(capacity);
        next = new Register(capacity);
    }

    /** The digits of one lane, lowest first, each between -2^(k-1) and 2^(k-1). */
    int[] lane(long lane) {
        long highest = squarings / plan.digitBits() - 1 - lane;
        if (highest < 0) {
            return new int[0];
        }
        int[] digits = new int[(int) (highest / plan.spacing()) + 1];
        long top = (digits.length - 1) * plan.spacing() + lane;
        long exponent = squarings - plan.digitBits() * (top + 1);
        rest.set(BigInteger.TWO.modPow(BigInteger.valueOf(exponent), challenge));
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = digit(i == 0 && lane == 0);
            if (plan.spacing() == 1) {
                rest.set(next);
            } else {
                arithmetic.multiply(shifted, rest, stride);
                arithmetic.divide(quotient, rest, shifted, divisor);
            }
        }
        return digits;
    }

    /**
     * The digit floor(rest 2^k / B), less 2^k when its top bit is set, plus 1 when the top bit of the digit below is set. Leaves
     * rest 2^k mod B, the rest of the digit below, in {@code next}.
     */
    private int digit(boolean lowest) {
        shifted.set(rest);
        shifted.shiftLeft(plan.digitBits());
        arithmetic.divide(quotient, next, shifted, divisor);
        int value = (int) quotient.bitsFrom(0);
        int half = 1 << (plan.digitBits() - 1);
        if (value >= half) {
            value -= 2 * half;
        }
        if (lowest) {
            return value;
        }
        shifted.set(next);
        shifted.twice();
        return shifted.compareMagnitude(divisor) >= 0 ? value + 1 : value;
    }
}
