// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.bn254;

import java.math.BigInteger;
import java.util.Optional;
import net.statemesh.evm.type.Word;

/**
 * A point of y^2 = x^3 + 3 over {@link Fp} in Jacobian coordinates (x = X / Z^2, y = Y / Z^3); Z = 0 is the point at infinity. Formulas:
 * Bernstein and Lange, explicit-formulas database, dbl-2009-l and add-2007-bl.
 */
public record G1Point(Fp x, Fp y, Fp z) {
    private static final Fp B = Fp.of(3);
    private static final int WINDOW_BITS = 4;

    public static final G1Point INFINITY = new G1Point(Fp.ONE, Fp.ONE, Fp.ZERO);

    /** The point with these coordinates; empty when it is not on the curve. (0, 0) stands for infinity. */
    public static Optional<G1Point> of(Word x, Word y) {
        BigInteger xNumber = x.toBigInteger();
        BigInteger yNumber = y.toBigInteger();
        if (xNumber.compareTo(Fp.P) >= 0 || yNumber.compareTo(Fp.P) >= 0) {
            return Optional.empty();
        }
        if (x.isZero() && y.isZero()) {
            return Optional.of(INFINITY);
        }
        G1Point point = new G1Point(Fp.of(xNumber), Fp.of(yNumber), Fp.ONE);
        boolean isOnCurve =
                point.y.squared().equals(point.x.squared().times(point.x).plus(B));
        return isOnCurve ? Optional.of(point) : Optional.empty();
    }

    public boolean isInfinity() {
        return z.isZero();
    }

    /** With Z = 1. */
    public G1Point affine() {
        if (isInfinity()) {
            return this;
        }
        Fp inverse = z.inverse();
        Fp square = inverse.squared();
        return new G1Point(x.times(square), y.times(square).times(inverse), Fp.ONE);
    }

    /** 64 bytes: x and y of the affine form; zeros for infinity. */
    public byte[] toBytes() {
        byte[] out = new byte[2 * Word.BYTES];
        if (!isInfinity()) {
            G1Point point = affine();
            point.x.toWord().write(out, 0);
            point.y.toWord().write(out, Word.BYTES);
        }
        return out;
    }

    public G1Point twice() {
        Fp a = x.squared();
        Fp b = y.squared();
        Fp c = b.squared();
        Fp d = x.plus(b).squared().minus(a).minus(c).twice();
        Fp e = a.twice().plus(a);
        Fp x3 = e.squared().minus(d.twice());
        Fp y3 = e.times(d.minus(x3)).minus(c.twice().twice().twice());
        return new G1Point(x3, y3, y.times(z).twice());
    }

    public G1Point plus(G1Point other) {
        if (isInfinity()) {
            return other;
        }
        if (other.isInfinity()) {
            return this;
        }
        Fp z1z1 = z.squared();
        Fp z2z2 = other.z.squared();
        Fp u1 = x.times(z2z2);
        Fp u2 = other.x.times(z1z1);
        Fp s1 = y.times(other.z).times(z2z2);
        Fp s2 = other.y.times(z).times(z1z1);
        if (u1.equals(u2)) {
            return s1.equals(s2) ? twice() : INFINITY;
        }
        Fp h = u2.minus(u1);
        Fp i = h.twice().squared();
        Fp j = h.times(i);
        Fp r = s2.minus(s1).twice();
        Fp v = u1.times(i);
        Fp x3 = r.squared().minus(j).minus(v.twice());
        Fp y3 = r.times(v.minus(x3)).minus(s1.times(j).twice());
        Fp z3 = z.plus(other.z).squared().minus(z1z1).minus(z2z2).times(h);
        return new G1Point(x3, y3, z3);
    }

    /** Times a scalar of 256 bits, four at a time. */
    public G1Point times(Word scalar) {
        G1Point[] multiples = new G1Point[1 << WINDOW_BITS];
        multiples[0] = INFINITY;
        for (int i = 1; i < multiples.length; i++) {
            multiples[i] = multiples[i - 1].plus(this);
        }
        G1Point result = INFINITY;
        for (byte each : scalar.toBytes()) {
            result = result.twice().twice().twice().twice().plus(multiples[(each >>> WINDOW_BITS) & 0xf]);
            result = result.twice().twice().twice().twice().plus(multiples[each & 0xf]);
        }
        return result;
    }
}
