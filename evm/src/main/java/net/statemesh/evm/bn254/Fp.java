// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.bn254;

import java.math.BigInteger;
import net.statemesh.evm.type.Word;

/**
 * A number modulo the field's prime p, in Montgomery form (times 2^256 mod p): four longs, least significant first, below p. Source:
 * Montgomery, "Modular multiplication without trial division" (1985); coarsely integrated operand scanning, which needs no fifth long because
 * p has 254 bits.
 */
record Fp(long l0, long l1, long l2, long l3) {
    static final BigInteger P =
            new BigInteger("21888242871839275222246405745257275088696311157297823662689037894645226208583");

    private static final long P0 = 0x3c208c16d87cfd47L;
    private static final long P1 = 0x97816a916871ca8dL;
    private static final long P2 = 0xb85045b68181585dL;
    private static final long P3 = 0x30644e72e131a029L;
    /** -1 / p modulo 2^64. */
    private static final long INVERSE = 0x87d20782e4866389L;

    private static final BigInteger R = BigInteger.ONE.shiftLeft(256).mod(P);
    private static final Fp R_SQUARED = raw(R.multiply(R).mod(P));
    private static final Fp R_CUBED = raw(R.multiply(R).mod(P).multiply(R).mod(P));

    static final Fp ZERO = new Fp(0, 0, 0, 0);
    static final Fp ONE = raw(R);

    /** A number below p. */
    static Fp of(BigInteger value) {
        return raw(value).times(R_SQUARED);
    }

    static Fp of(long value) {
        return new Fp(value, 0, 0, 0).times(R_SQUARED);
    }

    private static Fp raw(BigInteger value) {
        return new Fp(
                value.longValue(),
                value.shiftRight(64).longValue(),
                value.shiftRight(128).longValue(),
                value.shiftRight(192).longValue());
    }

    Word toWord() {
        Fp plain = times(new Fp(1, 0, 0, 0));
        return new Word(plain.l3, plain.l2, plain.l1, plain.l0);
    }

    boolean isZero() {
        return (l0 | l1 | l2 | l3) == 0;
    }

    Fp plus(Fp b) {
        long s0 = l0 + b.l0;
        long c = carry(l0, b.l0, s0);
        long p1 = l1 + b.l1;
        long s1 = p1 + c;
        c = carry(l1, b.l1, p1) | carry(p1, c, s1);
        long p2 = l2 + b.l2;
        long s2 = p2 + c;
        c = carry(l2, b.l2, p2) | carry(p2, c, s2);
        return reduced(s0, s1, s2, l3 + b.l3 + c);
    }

    Fp twice() {
        return plus(this);
    }

    Fp minus(Fp b) {
        return plus(b.negate());
    }

    Fp negate() {
        if (isZero()) {
            return this;
        }
        long d0 = P0 - l0;
        long c = borrow(P0, l0, d0);
        long p1 = P1 - l1;
        long d1 = p1 - c;
        c = borrow(P1, l1, p1) | borrow(p1, c, d1);
        long p2 = P2 - l2;
        long d2 = p2 - c;
        c = borrow(P2, l2, p2) | borrow(p2, c, d2);
        return new Fp(d0, d1, d2, P3 - l3 - c);
    }

    /** By Euclid; zero has no inverse. */
    Fp inverse() {
        BigInteger value = new Word(l3, l2, l1, l0).toBigInteger();
        return raw(value.modInverse(P)).times(R_CUBED);
    }

    Fp squared() {
        return times(this);
    }

    /** The sum of four longs, which is below 2p, modulo p. */
    private static Fp reduced(long s0, long s1, long s2, long s3) {
        long d0 = s0 - P0;
        long c = borrow(s0, P0, d0);
        long p1 = s1 - P1;
        long d1 = p1 - c;
        c = borrow(s1, P1, p1) | borrow(p1, c, d1);
        long p2 = s2 - P2;
        long d2 = p2 - c;
        c = borrow(s2, P2, p2) | borrow(p2, c, d2);
        long d3 = s3 - P3 - c;
        return d3 < 0 ? new Fp(s0, s1, s2, s3) : new Fp(d0, d1, d2, d3);
    }

    private static long carry(long a, long b, long sum) {
        return ((a & b) | ((a | b) & ~sum)) >>> 63;
    }

    private static long borrow(long a, long b, long difference) {
        return ((~a & b) | ((~a | b) & difference)) >>> 63;
    }

    private static long below(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 1 : 0;
    }

    /** Montgomery product: each round adds a limb of this times b, then makes the lowest limb zero by adding a multiple of p. */
    Fp times(Fp b) {
        long low = l0 * b.l0;
        long a = Math.unsignedMultiplyHigh(l0, b.l0);
        long t0 = low;
        long m = t0 * INVERSE;
        long c = Math.unsignedMultiplyHigh(m, P0) + (t0 == 0 ? 0 : 1);
        low = l0 * b.l1;
        long t1 = low + a;
        a = Math.unsignedMultiplyHigh(l0, b.l1) + below(t1, low);
        t1 += c;
        c = below(t1, c);
        low = m * P1;
        t0 = t1 + low;
        c += Math.unsignedMultiplyHigh(m, P1) + below(t0, low);
        low = l0 * b.l2;
        long t2 = low + a;
        a = Math.unsignedMultiplyHigh(l0, b.l2) + below(t2, low);
        t2 += c;
        c = below(t2, c);
        low = m * P2;
        t1 = t2 + low;
        c += Math.unsignedMultiplyHigh(m, P2) + below(t1, low);
        low = l0 * b.l3;
        long t3 = low + a;
        a = Math.unsignedMultiplyHigh(l0, b.l3) + below(t3, low);
        t3 += c;
        c = below(t3, c);
        low = m * P3;
        t2 = t3 + low;
        c += Math.unsignedMultiplyHigh(m, P3) + below(t2, low);
        t3 = a + c;
        low = l1 * b.l0;
        t0 += low;
        a = Math.unsignedMultiplyHigh(l1, b.l0) + below(t0, low);
        m = t0 * INVERSE;
        c = Math.unsignedMultiplyHigh(m, P0) + (t0 == 0 ? 0 : 1);
        t1 += a;
        a = below(t1, a);
        low = l1 * b.l1;
        t1 += low;
        a += Math.unsignedMultiplyHigh(l1, b.l1) + below(t1, low);
        t1 += c;
        c = below(t1, c);
        low = m * P1;
        t0 = t1 + low;
        c += Math.unsignedMultiplyHigh(m, P1) + below(t0, low);
        t2 += a;
        a = below(t2, a);
        low = l1 * b.l2;
        t2 += low;
        a += Math.unsignedMultiplyHigh(l1, b.l2) + below(t2, low);
        t2 += c;
        c = below(t2, c);
        low = m * P2;
        t1 = t2 + low;
        c += Math.unsignedMultiplyHigh(m, P2) + below(t1, low);
        t3 += a;
        a = below(t3, a);
        low = l1 * b.l3;
        t3 += low;
        a += Math.unsignedMultiplyHigh(l1, b.l3) + below(t3, low);
        t3 += c;
        c = below(t3, c);
        low = m * P3;
        t2 = t3 + low;
        c += Math.unsignedMultiplyHigh(m, P3) + below(t2, low);
        t3 = a + c;
        low = l2 * b.l0;
        t0 += low;
        a = Math.unsignedMultiplyHigh(l2, b.l0) + below(t0, low);
        m = t0 * INVERSE;
        c = Math.unsignedMultiplyHigh(m, P0) + (t0 == 0 ? 0 : 1);
        t1 += a;
        a = below(t1, a);
        low = l2 * b.l1;
        t1 += low;
        a += Math.unsignedMultiplyHigh(l2, b.l1) + below(t1, low);
        t1 += c;
        c = below(t1, c);
        low = m * P1;
        t0 = t1 + low;
        c += Math.unsignedMultiplyHigh(m, P1) + below(t0, low);
        t2 += a;
        a = below(t2, a);
        low = l2 * b.l2;
        t2 += low;
        a += Math.unsignedMultiplyHigh(l2, b.l2) + below(t2, low);
        t2 += c;
        c = below(t2, c);
        low = m * P2;
        t1 = t2 + low;
        c += Math.unsignedMultiplyHigh(m, P2) + below(t1, low);
        t3 += a;
        a = below(t3, a);
        low = l2 * b.l3;
        t3 += low;
        a += Math.unsignedMultiplyHigh(l2, b.l3) + below(t3, low);
        t3 += c;
        c = below(t3, c);
        low = m * P3;
        t2 = t3 + low;
        c += Math.unsignedMultiplyHigh(m, P3) + below(t2, low);
        t3 = a + c;
        low = l3 * b.l0;
        t0 += low;
        a = Math.unsignedMultiplyHigh(l3, b.l0) + below(t0, low);
        m = t0 * INVERSE;
        c = Math.unsignedMultiplyHigh(m, P0) + (t0 == 0 ? 0 : 1);
        t1 += a;
        a = below(t1, a);
        low = l3 * b.l1;
        t1 += low;
        a += Math.unsignedMultiplyHigh(l3, b.l1) + below(t1, low);
        t1 += c;
        c = below(t1, c);
        low = m * P1;
        t0 = t1 + low;
        c += Math.unsignedMultiplyHigh(m, P1) + below(t0, low);
        t2 += a;
        a = below(t2, a);
        low = l3 * b.l2;
        t2 += low;
        a += Math.unsignedMultiplyHigh(l3, b.l2) + below(t2, low);
        t2 += c;
        c = below(t2, c);
        low = m * P2;
        t1 = t2 + low;
        c += Math.unsignedMultiplyHigh(m, P2) + below(t1, low);
        t3 += a;
        a = below(t3, a);
        low = l3 * b.l3;
        t3 += low;
        a += Math.unsignedMultiplyHigh(l3, b.l3) + below(t3, low);
        t3 += c;
        c = below(t3, c);
        low = m * P3;
        t2 = t3 + low;
        c += Math.unsignedMultiplyHigh(m, P3) + below(t2, low);
        t3 = a + c;
        return reduced(t0, t1, t2, t3);
    }
}
