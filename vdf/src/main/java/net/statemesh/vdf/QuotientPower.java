// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;

/**
 * x^floor(2^T / B) from kept powers of x, in steps. With digits e_i of k bits and kept powers C_i = x^(2^(i k l)) this is the product over
 * j &lt; l of (Π_i C_i^e_(i l + j))^(2^(k j)). The inner products come from one bucket for each digit value; digits are signed, which halves the
 * buckets because inverses are free.
 *
 * <p>Source: Wesolowski, "Efficient verifiable delay functions" (2019), algorithm 5; Pippenger's buckets.
 */
final class QuotientPower {
    private final ClassGroup group;
    private final ProofPlan plan;
    private final PowerStore powers;
    private final long squarings;
    private final BigInteger challenge;
    private final LimbArithmetic words;
    private final Register divisor;
    private final Register stride;
    private final Register rest;
    private final Register shifted;
    private final Register digitValue;
    private final Register next;
    private final MutableForm[] buckets;
    private final boolean[] filled;
    private final MutableForm power;
    private final MutableForm running;
    private final MutableForm result;
    private boolean runningStarted;
    private boolean resultStarted;
    private long lane;
    private long index;
    private int bucket;
    private long done;

    /** @param challenge of more than digitBits + 1 bits, so that the top digit is 0 */
    QuotientPower(ClassGroup group, ProofPlan plan, PowerStore powers, long squarings, BigInteger challenge) {
        if (challenge.bitLength() <= plan.digitBits() + 1) {
            throw new IllegalArgumentException("a challenge of " + challenge.bitLength() + " bits is too short");
        }
        this.group = group;
        this.plan = plan;
        this.powers = powers;
        this.squarings = squarings;
        this.challenge = challenge;
        int capacity = 2 * (challenge.bitLength() / Long.SIZE + 2);
        words = new JavaLimbs(capacity);
        divisor = register(capacity, challenge);
        stride = register(capacity, BigInteger.TWO.modPow(BigInteger.valueOf(plan.powerDistance()), challenge));
        rest = new Register(capacity);
        shifted = new Register(capacity);
        digitValue = new Register(capacity);
        next = new Register(capacity);
        buckets = new MutableForm[plan.buckets()];
        filled = new boolean[buckets.length];
        power = group.newForm();
        running = group.newForm();
        result = group.newForm();
        group.setIdentity(result);
        lane = plan.spacing() - 1;
        startLane();
    }

    /** About how many compositions and squarings this takes in all. */
    long operations() {
        return plan.operations(squarings);
    }

    /** How many of {@link #operations} are done. */
    long operationsDone() {
        return done;
    }

    boolean isDone() {
        return lane < 0;
    }

    /** Does at most about {@code operations} compositions and squarings. */
    void advance(long operations) {
        long end = done + operations;
        while (!isDone() && done < end) {
            if (index >= 0) {
                placeDigit();
            } else if (bucket > 0) {
                emptyBucket();
            } else {
                finishLane();
            }
        }
    }

    MutableForm result() {
        return result;
    }

    /** Sets the index of the lane's highest digit that may not be 0 and {@code rest} to 2^(T - k (digit + 1)) mod B for it. */
    private void startLane() {
        bucket = buckets.length - 1;
        runningStarted = false;
        long highest = squarings / plan.digitBits() - 1 - lane;
        index = highest < 0 ? -1 : highest / plan.spacing();
        if (index >= 0) {
            long exponent = squarings - plan.digitBits() * (digit() + 1);
            rest.set(BigInteger.TWO.modPow(BigInteger.valueOf(exponent), challenge));
        }
    }

    private static Register register(int capacity, BigInteger value) {
        Register r = new Register(capacity);
        r.set(value);
        return r;
    }

    private long digit() {
        return index * plan.spacing() + lane;
    }

    private void placeDigit() {
        int value = signedDigit();
        if (value != 0) {
            powers.get((int) index, power);
            place(Math.abs(value), value < 0);
        }
        if (plan.spacing() == 1) {
            rest.set(next);
        } else {
            words.multiply(shifted, rest, stride);
            words.divide(digitValue, rest, shifted, divisor);
        }
        index--;
        done++;
    }

    /**
     * The digit floor(rest 2^k / B), less 2^k when its top bit is set, plus 1 when the top bit of the digit below is set. Leaves
     * rest 2^k mod B, the rest of the digit below, in {@code next}.
     */
    private int signedDigit() {
        shifted.set(rest);
        shifted.shiftLeft(plan.digitBits());
        words.divide(digitValue, next, shifted, divisor);
        int value = (int) digitValue.bitsFrom(0);
        int half = 1 << (plan.digitBits() - 1);
        if (value >= half) {
            value -= 2 * half;
        }
        if (digit() > 0) {
            shifted.set(next);
            shifted.twice();
            value += shifted.compareMagnitude(divisor) >= 0 ? 1 : 0;
        }
        return value;
    }

    private void place(int value, boolean inverse) {
        if (filled[value]) {
            if (inverse) {
                group.divide(buckets[value], buckets[value], power);
            } else {
                group.multiply(buckets[value], buckets[value], power);
            }
            return;
        }
        if (buckets[value] == null) {
            buckets[value] = group.newSmallForm();
        }
        buckets[value].setClass(power, inverse);
        filled[value] = true;
    }

    /** Π bucket_v^v as the product of the running products from the top bucket downward. */
    private void emptyBucket() {
        if (filled[bucket]) {
            runningStarted = multiply(running, runningStarted, buckets[bucket]);
            filled[bucket] = false;
        }
        if (runningStarted) {
            resultStarted = multiply(result, resultStarted, running);
        }
        bucket--;
        done += 2;
    }

    private void finishLane() {
        lane--;
        if (lane >= 0) {
            if (resultStarted) {
                group.square(result, plan.digitBits());
            }
            done += plan.digitBits();
            startLane();
        }
    }

    private boolean multiply(MutableForm product, boolean started, MutableForm factor) {
        if (started) {
            group.multiply(product, product, factor);
        } else {
            product.set(factor);
        }
        return true;
    }
}
