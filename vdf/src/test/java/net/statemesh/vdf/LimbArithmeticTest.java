// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation against BigInteger, with many limbs of all zeros and all ones, where carries and quotient corrections hide. */
@Tag("property")
class LimbArithmeticTest {
    private static final long SEED = 4;
    private static final int TRIES = 20_000;
    private static final int CAPACITY = 24;

    @ParameterizedTest
    @MethodSource("net.statemesh.vdf.Backends#available")
    void productsAndQuotientsAreThoseOfBigInteger(Backend backend) {
        LimbArithmetic arithmetic = backend.arithmetic(CAPACITY);
        Random random = new Random(SEED);
        Register x = new Register(CAPACITY);
        Register y = new Register(CAPACITY);
        Register q = new Register(CAPACITY);
        Register r = new Register(CAPACITY);
        for (int i = 0; i < TRIES; i++) {
            BigInteger a = number(random, 10);
            BigInteger b = number(random, 10);
            x.set(a);
            y.set(b);
            arithmetic.multiply(q, x, y);
            assertThat(q.toBigInteger()).isEqualTo(a.multiply(b));
            arithmetic.square(r, x);
            assertThat(r.toBigInteger()).isEqualTo(a.multiply(a));
            if (b.signum() != 0) {
                x.set(q);
                arithmetic.divideExactly(r, x, y);
                assertThat(r.toBigInteger()).isEqualTo(a);
                BigInteger n = number(random, 20);
                x.set(n);
                arithmetic.divide(q, r, x, y);
                BigInteger[] expected = n.divideAndRemainder(b);
                assertThat(q.toBigInteger()).as("%x / %x", n, b).isEqualTo(expected[0]);
                assertThat(r.toBigInteger()).as("%x mod %x", n, b).isEqualTo(expected[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("net.statemesh.vdf.Backends#available")
    void euclidGivesTheGcdAndACofactor(Backend backend) {
        Random random = new Random(SEED);
        Euclid euclid = new Euclid(backend.arithmetic(CAPACITY), CAPACITY);
        Register x = new Register(CAPACITY);
        Register y = new Register(CAPACITY);
        for (int i = 0; i < TRIES; i++) {
            BigInteger a = number(random, 9).abs().add(BigInteger.ONE);
            BigInteger b = number(random, 9).abs().mod(a.add(BigInteger.ONE));
            x.set(a);
            y.set(b);
            euclid.extended(x, y);
            assertThat(euclid.x.toBigInteger()).isEqualTo(a.gcd(b));
            BigInteger cofactor = euclid.odd
                    ? euclid.v.toBigInteger()
                    : euclid.v.toBigInteger().negate();
            assertThat(cofactor.multiply(b).subtract(a.gcd(b)).mod(a)).isEqualTo(BigInteger.ZERO);
            euclid.partial(x, y, a.bitLength() / 2);
            assertRows(euclid, a, b);
        }
    }

    /** Both rows are multiples of b modulo a, and their determinant is a. */
    private static void assertRows(Euclid euclid, BigInteger a, BigInteger b) {
        BigInteger sign = euclid.odd ? BigInteger.ONE.negate() : BigInteger.ONE;
        BigInteger x = euclid.x.toBigInteger();
        BigInteger y = euclid.y.toBigInteger();
        BigInteger v = euclid.v.toBigInteger();
        BigInteger w = euclid.w.toBigInteger();
        assertThat(x.add(sign.multiply(v).multiply(b)).mod(a)).isEqualTo(BigInteger.ZERO);
        assertThat(y.subtract(sign.multiply(w).multiply(b)).mod(a)).isEqualTo(BigInteger.ZERO);
        assertThat(x.multiply(w).add(y.multiply(v))).isEqualTo(a);
        assertThat(x.min(y).bitLength()).isLessThanOrEqualTo(Math.max(a.bitLength() / 2 + 66, 66));
    }

    private static BigInteger number(Random random, int maxLimbs) {
        BigInteger n = BigInteger.ZERO;
        int limbs = random.nextInt(maxLimbs + 1);
        for (int i = 0; i < limbs; i++) {
            long limb = switch (random.nextInt(6)) {
                case 0 -> 0;
                case 1 -> -1;
                case 2 -> Long.MIN_VALUE;
                case 3 -> random.nextInt(3);
                default -> random.nextLong();
            };
            n = n.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(limb)));
        }
        return random.nextBoolean() ? n : n.negate();
    }
}
