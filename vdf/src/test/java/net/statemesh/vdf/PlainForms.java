// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;

/** The group by the textbook, slow and short: Gauss' composition and reduction on BigInteger (Cohen, algorithms 5.4.2 and 5.4.7). */
final class PlainForms {
    private PlainForms() {}

    static Form multiply(Form f, Form h) {
        BigInteger discriminant = f.discriminant();
        BigInteger s = f.b().add(h.b()).shiftRight(1);
        BigInteger n = h.b().subtract(s);
        BigInteger[] inner = bezout(h.a(), f.a());
        BigInteger[] outer = bezout(s, inner[0]);
        BigInteger gcd = outer[0];
        BigInteger v1 = f.a().divide(gcd);
        BigInteger v2 = h.a().divide(gcd);
        BigInteger r = inner[1].multiply(outer[2])
                .negate()
                .multiply(n)
                .subtract(outer[1].multiply(h.c()))
                .mod(v1);
        BigInteger b = h.b().add(v2.multiply(r).shiftLeft(1));
        BigInteger a = v1.multiply(v2);
        return reduce(a, b, discriminant);
    }

    static Form power(Form f, BigInteger exponent, Form identity) {
        Form result = identity;
        for (int i = exponent.bitLength() - 1; i >= 0; i--) {
            result = multiply(result, result);
            if (exponent.testBit(i)) {
                result = multiply(result, f);
            }
        }
        return result;
    }

    static Form reduce(BigInteger a, BigInteger b, BigInteger discriminant) {
        BigInteger p = a;
        BigInteger q = b;
        while (true) {
            BigInteger twice = p.shiftLeft(1);
            q = q.mod(twice);
            if (q.compareTo(p) > 0) {
                q = q.subtract(twice);
            }
            BigInteger c = q.multiply(q).subtract(discriminant).divide(p.shiftLeft(2));
            int order = p.compareTo(c);
            if (order < 0) {
                return new Form(p, q, c);
            }
            if (order == 0) {
                return new Form(p, q.abs(), c);
            }
            p = c;
            q = q.negate();
        }
    }

    /** (g, u, v) with g = u x + v y, g &gt; 0. */
    private static BigInteger[] bezout(BigInteger x, BigInteger y) {
        BigInteger r0 = x;
        BigInteger r1 = y;
        BigInteger u0 = BigInteger.ONE;
        BigInteger u1 = BigInteger.ZERO;
        BigInteger v0 = BigInteger.ZERO;
        BigInteger v1 = BigInteger.ONE;
        while (r1.signum() != 0) {
            BigInteger q = r0.divide(r1);
            BigInteger t = r0.subtract(q.multiply(r1));
            r0 = r1;
            r1 = t;
            t = u0.subtract(q.multiply(u1));
            u0 = u1;
            u1 = t;
            t = v0.subtract(q.multiply(v1));
            v0 = v1;
            v1 = t;
        }
        return r0.signum() < 0
                ? new BigInteger[] {r0.negate(), u0.negate(), v0.negate()}
                : new BigInteger[] {r0, u0, v0};
    }
}
