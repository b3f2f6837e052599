// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.bn254;

import java.math.BigInteger;
import java.util.Optional;
import net.statemesh.evm.type.Word;

/** A point of the twist y^2 = x^3 + 3 / (9 + i) over {@link Fp2} in Jacobian coordinates; Z = 0 is the point at infinity. */
public record G2Point(Fp2 x, Fp2 y, Fp2 z) {
    private static final Fp2 B = new Fp2(Fp.of(3), Fp.ZERO).times(Fp2.XI.inverse());
    /** 6 u^2 for the curve's parameter u. */
    private static final BigInteger SIX_U_SQUARED =
            Pairing.U.multiply(Pairing.U).multiply(BigInteger.valueOf(6));

    public static final G2Point INFINITY = new G2Point(Fp2.ONE, Fp2.ONE, Fp2.ZERO);

    /**
     * The point with x = x0 + x1 i and y = y0 + y1 i; empty when it is not on the curve or not in the group of prime order. Zeros stand for
     * infinity.
     */
    public static Optional<G2Point> of(Word x0, Word x1, Word y0, Word y1) {
        for (Word each : new Word[] {x0, x1, y0, y1}) {
            if (each.toBigInteger().compareTo(Fp.P) >= 0) {
                return Optional.empty();
            }
        }
        Fp2 x = new Fp2(Fp.of(x0.toBigInteger()), Fp.of(x1.toBigInteger()));
        Fp2 y = new Fp2(Fp.of(y0.toBigInteger()), Fp.of(y1.toBigInteger()));
        if (x.isZero() && y.isZero()) {
            return Optional.of(INFINITY);
        }
        G2Point point = new G2Point(x, y, Fp2.ONE);
        boolean isOnCurve = y.squared().equals(x.squared().times(x).plus(B));
        return isOnCurve && point.isInGroup() ? Optional.of(point) : Optional.empty();
    }

    /** Raising the coordinates to p is the same as multiplying by 6 u^2 in the group of prime order, and nowhere else on the twist. */
    private boolean isInGroup() {
        G2Point product = INFINITY;
        for (int bit = SIX_U_SQUARED.bitLength() - 1; bit >= 0; bit--) {
            product = product.twice();
            if (SIX_U_SQUARED.testBit(bit)) {
                product = product.plusAffine(this);
            }
        }
        return product.isSameAs(toP());
    }

    /** The endomorphism that raising to p is on the curve that this is the twist of; Z must be 1. */
    G2Point toP() {
        return new G2Point(x.conjugate().times(Fp12.frobenius(2)), y.conjugate().times(Fp12.frobenius(3)), Fp2.ONE);
    }

    public boolean isInfinity() {
        return z.isZero();
    }

    private boolean isSameAs(G2Point affine) {
        Fp2 square = z.squared();
        return !isInfinity()
                && x.equals(affine.x.times(square))
                && y.equals(affine.y.times(square).times(z));
    }

    G2Point negate() {
        return new G2Point(x, y.negate(), z);
    }

    G2Point twice() {
        Fp2 a = x.squared();
        Fp2 b = y.squared();
        Fp2 c = b.squared();
        Fp2 d = x.plus(b).squared().minus(a).minus(c).twice();
        Fp2 e = a.twice().plus(a);
        Fp2 x3 = e.squared().minus(d.twice());
        Fp2 y3 = e.times(d.minus(x3)).minus(c.twice().twice().twice());
        return new G2Point(x3, y3, y.times(z).twice());
    }

    /** Plus a point with Z = 1. */
    G2Point plusAffine(G2Point other) {
        if (isInfinity()) {
            return other;
        }
        Fp2 square = z.squared();
        Fp2 h = other.x.times(square).minus(x);
        Fp2 r = other.y.times(square).times(z).minus(y);
        if (h.isZero()) {
            return r.isZero() ? twice() : INFINITY;
        }
        Fp2 h2 = h.squared();
        Fp2 h3 = h2.times(h);
        Fp2 v = x.times(h2);
        Fp2 x3 = r.squared().minus(h3).minus(v.twice());
        return new G2Point(x3, r.times(v.minus(x3)).minus(y.times(h3)), z.times(h));
    }
}
