// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;

/**
 * x^floor(2^T / B) from kept powers of x, in steps. With digits e_i of k bits and kept powers C_i = x^(2^(i k l)) this is the product over
 * j &lt; l of (Π_i C_i^e_(i l + j))^(2^(k j)). In an inner product all powers with one exponent v are multiplied first (bucket v), and
 * Π bucket_v^v is the product of the running products from the highest bucket downward. Digits are signed, which halves the buckets because
 * inverses are free; where squares are kept, C_i^v is (C_i²)^(v / 2) for every v of 2, 6, 8, 10, …, which leaves two thirds of the rest. Powers are
 * visited bucket by bucket, so that no more than one bucket exists at a time.
 *
 * <p>Source: Wesolowski, "Efficient verifiable delay functions" (2019), algorithm 5; Pippenger's buckets.
 */
final class QuotientPower {
    private final ClassGroup group;
    private final ProofPlan plan;
    private final PowerStore powers;
    private final QuotientDigits digits;
    private final long operations;
    /** Of this lane: the numbers of the powers, those of bucket v from bucketStarts[v] to bucketStarts[v + 1]; ~number where the digit is negative. */
    private int[] order = new int[0];

    private final int[] bucketStarts;
    private final MutableForm power;
    private final MutableForm product;
    private final MutableForm running;
    /** What goes into the result twice, because the bucket below does not exist. */
    private final MutableForm twofold;

    private final MutableForm result;
    private boolean productStarted;
    private long lane;
    private int bucket;
    private int next;
    private long done;

    QuotientPower(ClassGroup group, ProofPlan plan, PowerStore powers, long squarings, BigInteger challenge) {
        this.group = group;
        this.plan = plan;
        this.powers = powers;
        digits = new QuotientDigits(plan, squarings, challenge);
        operations = plan.operations(squarings);
        bucketStarts = new int[plan.highestBucket() + 2];
        power = group.newForm();
        product = group.newForm();
        running = group.newForm();
        twofold = group.newForm();
        result = group.newForm();
        group.setIdentity(result);
        lane = plan.spacing() - 1;
        startLane();
    }

    /** About how many compositions and squarings this takes in all. */
    long operations() {
        return operations;
    }

    /** How many of {@link #operations} are done. */
    long operationsDone() {
        return done;
    }

    boolean isDone() {
        return lane < 0;
    }

    /** Does at most about {@code count} compositions and squarings. */
    void advance(long count) {
        long end = done + count;
        while (!isDone() && done < end) {
            if (bucket == 0) {
                finishLane();
            } else if (next < bucketStarts[bucket + 1]) {
                placePower();
            } else {
                emptyBucket();
            }
        }
    }

    MutableForm result() {
        return result;
    }

    /** Sorts the powers by the exponents that they are raised to. */
    private void startLane() {
        int[] values = digits.lane(lane);
        java.util.Arrays.fill(bucketStarts, 0);
        for (int value : values) {
            bucketStarts[plan.bucket(value) + 1]++;
        }
        for (int v = 1; v < bucketStarts.length; v++) {
            bucketStarts[v] += bucketStarts[v - 1];
        }
        order = new int[values.length];
        int[] free = bucketStarts.clone();
        for (int i = 0; i < values.length; i++) {
            int number = plan.power(i, values[i]);
            order[free[plan.bucket(values[i])]++] = values[i] < 0 ? ~number : number;
        }
        group.setIdentity(running);
        group.setIdentity(twofold);
        startBucket(plan.highestBucket());
    }

    private void startBucket(int number) {
        bucket = number;
        next = bucketStarts[number];
        productStarted = false;
    }

    private void placePower() {
        int i = order[next++];
        boolean inverse = i < 0;
        powers.get(inverse ? ~i : i, power);
        if (!productStarted) {
            group.completeEnd(power);
            product.setClass(power, inverse);
            productStarted = true;
            return;
        }
        if (inverse) {
            group.divide(product, product, power);
        } else {
            group.multiply(product, product, power);
        }
        done++;
    }

    /** A bucket v counts v times: it stays in the running product, which goes into the result once for every step down. */
    private void emptyBucket() {
        if (productStarted) {
            group.multiply(running, running, product);
        }
        boolean single = plan.bucket(bucket - 1) == bucket - 1;
        MutableForm target = single ? result : twofold;
        group.multiply(target, target, running);
        done += 2;
        startBucket(single ? bucket - 1 : bucket - 2);
    }

    private void finishLane() {
        group.square(twofold, 1);
        group.multiply(result, result, twofold);
        done += 2;
        lane--;
        if (lane >= 0) {
            group.square(result, plan.digitBits());
            done += plan.digitBits();
            startLane();
        }
    }
}
