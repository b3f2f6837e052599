// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.bn254;

import java.math.BigInteger;

/** c0 + c1 w with w^2 = v; the values of the pairing are here. */
record Fp12(Fp6 c0, Fp6 c1) {
    static final Fp12 ONE = new Fp12(Fp6.ONE, Fp6.ZERO);

    /** xi^(k (p - 1) / 6): what raising to p makes of w^k, besides conjugating its coefficient. */
    private static final Fp2[] FROBENIUS = new Fp2[6];

    static {
        Fp2 base = Fp2.XI.power(Fp.P.subtract(BigInteger.ONE).divide(BigInteger.valueOf(6)));
        FROBENIUS[0] = Fp2.ONE;
        for (int k = 1; k < FROBENIUS.length; k++) {
            FROBENIUS[k] = FROBENIUS[k - 1].times(base);
        }
    }

    /** xi^(k (p - 1) / 6). */
    static Fp2 frobenius(int k) {
        return FROBENIUS[k];
    }

    boolean isOne() {
        return equals(ONE);
    }

    Fp12 times(Fp12 b) {
        Fp6 t0 = c0.times(b.c0);
        Fp6 t1 = c1.times(b.c1);
        Fp6 cross = c0.plus(c1).times(b.c0.plus(b.c1));
        return new Fp12(t0.plus(t1.timesV()), cross.minus(t0).minus(t1));
    }

    /** Times a line: a + b w + c w^3. */
    Fp12 timesLine(Fp2 a, Fp2 b, Fp2 c) {
        Fp6 t0 = c0.times(a);
        Fp6 t1 = c1.timesSparse(b, c);
        Fp6 cross = c0.plus(c1).timesSparse(a.plus(b), c);
        return new Fp12(t0.plus(t1.timesV()), cross.minus(t0).minus(t1));
    }

    Fp12 squared() {
        Fp6 product = c0.times(c1);
        Fp6 square = c0.plus(c1).times(c0.plus(c1.timesV()));
        return new Fp12(square.minus(product).minus(product.timesV()), product.plus(product));
    }

    /** To the power of p^6; the inverse of what has been through the easy part of the final exponentiation. */
    Fp12 conjugate() {
        return new Fp12(c0, c1.negate());
    }

    Fp12 inverse() {
        Fp6 norm = c0.times(c0).minus(c1.times(c1).timesV()).inverse();
        return new Fp12(c0.times(norm), c1.negate().times(norm));
    }

    /** To the power of p. */
    Fp12 toP() {
        return new Fp12(
                new Fp6(
                        c0.c0().conjugate(),
                        c0.c1().conjugate().times(FROBENIUS[2]),
                        c0.c2().conjugate().times(FROBENIUS[4])),
                new Fp6(
                        c1.c0().conjugate().times(FROBENIUS[1]),
                        c1.c1().conjugate().times(FROBENIUS[3]),
                        c1.c2().conjugate().times(FROBENIUS[5])));
    }

    Fp12 power(BigInteger exponent) {
        Fp12 result = ONE;
        for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
            result = result.squared();
            if (exponent.testBit(bit)) {
                result = result.times(this);
            }
        }
        return result;
    }
}
