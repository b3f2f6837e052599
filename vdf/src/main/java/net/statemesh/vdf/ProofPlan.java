// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * How a proof is made from powers kept during evaluation: x^(2^(i · digitBits · spacing)) is kept for every i, and the exponent 2^T / B
 * is read in digits of {@code digitBits} bits.
 *
 * @param digitBits at most {@value #MAX_DIGIT_BITS}
 * @param spacing digits between two kept powers; more of it saves memory and costs time
 */
record ProofPlan(int digitBits, long spacing) {
    /** What kept powers and buckets may take together, in any evaluation. */
    static final long MEMORY_BYTES = 56L << 20;

    static final int MAX_DIGIT_BITS = 20;

    /** The plan with the fewest operations among those that fit {@link #MEMORY_BYTES}. */
    static ProofPlan of(long squarings, int discriminantBits) {
        ProofPlan best = new ProofPlan(1, squarings);
        for (int bits = 1; bits <= MAX_DIGIT_BITS; bits++) {
            long left = MEMORY_BYTES - bucketBytes(bits, discriminantBits);
            if (left <= 0) {
                break;
            }
            long mostPowers = left / FormCodec.length(discriminantBits);
            long spacing = Math.ceilDiv(Math.ceilDiv(squarings, bits), mostPowers);
            ProofPlan plan = new ProofPlan(bits, Math.max(1, spacing));
            if (plan.operations(squarings) < best.operations(squarings)) {
                best = plan;
            }
        }
        return best;
    }

    /** Squarings between two kept powers. */
    long powerDistance() {
        return digitBits * spacing;
    }

    /** Number of powers that an evaluation of so many squarings keeps, x itself among them. */
    long powers(long squarings) {
        return Math.ceilDiv(squarings, powerDistance());
    }

    /** Digits are signed, so half as many buckets as digits, and one for the carry. */
    int buckets() {
        return (1 << (digitBits - 1)) + 1;
    }

    /** About how many compositions and squarings a proof takes; the first digit in a bucket is a copy. */
    long operations(long squarings) {
        long placed = Math.ceilDiv(squarings, digitBits) - spacing * buckets();
        return Math.max(0, placed) + spacing * (2L * buckets() + digitBits);
    }

    private static long bucketBytes(int digitBits, int discriminantBits) {
        return ((1L << (digitBits - 1)) + 1) * ClassGroup.smallFormBytes(discriminantBits);
    }
}
