// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.bn254;

import java.math.BigInteger;

/** c0 + c1 i with i^2 = -1. */
record Fp2(Fp c0, Fp c1) {
    static final Fp2 ZERO = new Fp2(Fp.ZERO, Fp.ZERO);
    static final Fp2 ONE = new Fp2(Fp.ONE, Fp.ZERO);
    /** 9 + i, neither a square nor a cube: the next fields are built on it. */
    static final Fp2 XI = new Fp2(Fp.of(9), Fp.ONE);

    boolean isZero() {
        return c0.isZero() && c1.isZero();
    }

    Fp2 plus(Fp2 b) {
        return new Fp2(c0.plus(b.c0), c1.plus(b.c1));
    }

    Fp2 minus(Fp2 b) {
        return new Fp2(c0.minus(b.c0), c1.minus(b.c1));
    }

    Fp2 negate() {
        return new Fp2(c0.negate(), c1.negate());
    }

    Fp2 conjugate() {
        return new Fp2(c0, c1.negate());
    }

    Fp2 twice() {
        return new Fp2(c0.twice(), c1.twice());
    }

    Fp2 times(Fp2 b) {
        Fp both = c0.times(b.c0);
        Fp imaginary = c1.times(b.c1);
        Fp cross = c0.plus(c1).times(b.c0.plus(b.c1));
        return new Fp2(both.minus(imaginary), cross.minus(both).minus(imaginary));
    }

    Fp2 times(Fp b) {
        return new Fp2(c0.times(b), c1.times(b));
    }

    Fp2 squared() {
        return new Fp2(c0.plus(c1).times(c0.minus(c1)), c0.times(c1).twice());
    }

    /** Times 9 + i. */
    Fp2 timesXi() {
        Fp eight0 = c0.twice().twice().twice();
        Fp eight1 = c1.twice().twice().twice();
        return new Fp2(eight0.plus(c0).minus(c1), eight1.plus(c1).plus(c0));
    }

    Fp2 inverse() {
        Fp norm = c0.squared().plus(c1.squared()).inverse();
        return new Fp2(c0.times(norm), c1.negate().times(norm));
    }

    Fp2 power(BigInteger exponent) {
        Fp2 result = ONE;
        for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
            result = result.squared();
            if (exponent.testBit(bit)) {
                result = result.times(this);
            }
        }
        return result;
    }
}
