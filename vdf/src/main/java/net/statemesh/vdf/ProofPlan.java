// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * How a proof is made from powers kept during evaluation: the exponent 2^T / B is read in digits of {@code digitBits} bits, and
 * x^(2^(i · digitBits · spacing)) is kept for every i, with its square if {@code squares}.
 *
 * @param digitBits at most {@value #MAX_DIGIT_BITS}
 * @param spacing digits between two kept powers; more of it saves memory and costs time
 * @param squares whether squares are kept too, which costs as much memory again and saves a third of the buckets
 */
record ProofPlan(int digitBits, long spacing, boolean squares) {
    /** What kept powers may take, in any evaluation. */
    static final long MEMORY_BYTES = 56L << 20;

    static final int MAX_DIGIT_BITS = 20;

    /** The plan with the fewest operations among those that fit {@link #MEMORY_BYTES}. */
    static ProofPlan of(long squarings, int discriminantBits) {
        ProofPlan best = new ProofPlan(1, squarings, false);
        for (int bits = 1; bits <= MAX_DIGIT_BITS; bits++) {
            for (long perDigit = 1; perDigit <= 2; perDigit++) {
                long mostKeptDigits = MEMORY_BYTES / (perDigit * FormCodec.length(discriminantBits));
                long spacing = Math.ceilDiv(Math.ceilDiv(squarings, bits), mostKeptDigits);
                ProofPlan plan = new ProofPlan(bits, Math.max(1, spacing), perDigit == 2);
                if (plan.operations(squarings) < best.operations(squarings)) {
                    best = plan;
                }
            }
        }
        return best;
    }

    /** Squarings between two kept powers, their squares not counted. */
    long powerDistance() {
        return digitBits * spacing;
    }

    /** After how many squarings the kept power number {@code index} appears. */
    long position(int index) {
        return squares ? (index >> 1) * powerDistance() + (index & 1) : index * powerDistance();
    }

    /** How many powers appear before so many squarings are done, x itself among them. */
    long powers(long squarings) {
        long powers = Math.ceilDiv(squarings, powerDistance());
        return squares ? powers + Math.ceilDiv(Math.max(0, squarings - 1), powerDistance()) : powers;
    }

    /** Number of the kept power that serves digit {@code digit} of a lane with this value, which is not 0. */
    int power(int digit, int value) {
        return squares ? 2 * digit + halvings(value) : digit;
    }

    /** The exponent of that power, without its sign: the number of a bucket. */
    int bucket(int value) {
        return Math.abs(value) >> halvings(value);
    }

    /** Digits are signed, so that the highest bucket has half the number of digit values. */
    int highestBucket() {
        return 1 << (digitBits - 1);
    }

    /** About how many compositions and squarings a proof takes; the first power in a bucket is a copy. */
    long operations(long squarings) {
        long buckets = squares ? 2 * highestBucket() / 3 + 1 : highestBucket();
        long placed = Math.ceilDiv(squarings, digitBits) - spacing * buckets;
        return Math.max(0, placed) + spacing * (2 * buckets + digitBits);
    }

    /** 1 where half the value is raised to the square, which is as good for every value of 2, 6, 8, 10, … and needs no bucket for it. */
    private int halvings(int value) {
        return squares ? Integer.numberOfTrailingZeros(value) & 1 : 0;
    }
}
