// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.bn254;

import java.math.BigInteger;
import java.util.List;

/**
 * The optimal ate pairing. Source: Vercauteren, "Optimal pairings" (2008); the final exponentiation of Scott, Benger, Charlemagne, Dominguez
 * Perez and Kachisa (2009).
 */
public final class Pairing {
    /** The parameter of the Barreto-Naehrig curve. */
    static final BigInteger U = BigInteger.valueOf(4_965_661_367_192_848_881L);

    private static final BigInteger LOOP = U.multiply(BigInteger.valueOf(6)).add(BigInteger.TWO);

    /** Two points to be paired. */
    public record Pair(G1Point g1, G2Point g2) {}

    private Pairing() {}

    /** Whether the product of the pairings of all pairs is one. */
    public static boolean isProductOne(List<Pair> pairs) {
        Fp12 product = Fp12.ONE;
        for (Pair pair : pairs) {
            if (!pair.g1().isInfinity() && !pair.g2().isInfinity()) {
                product = product.times(millerLoop(pair.g1().affine(), pair.g2()));
            }
        }
        return finalExponentiation(product).isOne();
    }

    /**
     * Both points affine. The line through points of the twist with slope m, brought back to the curve and evaluated at P, is
     * yP - m xP w + (m x - y) w^3; each line is scaled by a factor of Fp2, which the final exponentiation removes.
     */
    static Fp12 millerLoop(G1Point p, G2Point q) {
        Fp12 f = Fp12.ONE;
        G2Point t = q;
        for (int bit = LOOP.bitLength() - 2; bit >= 0; bit--) {
            f = timesTangent(f.squared(), t, p);
            t = t.twice();
            if (LOOP.testBit(bit)) {
                f = timesSecant(f, t, q, p);
                t = t.plusAffine(q);
            }
        }
        G2Point q1 = q.toP();
        G2Point minusQ2 = q1.toP().negate();
        f = timesSecant(f, t, q1, p);
        t = t.plusAffine(q1);
        return timesSecant(f, t, minusQ2, p);
    }

    /** Slope 3 X^2 / (2 Y Z), scaled by 2 Y Z^3. */
    private static Fp12 timesTangent(Fp12 f, G2Point t, G1Point p) {
        Fp2 x2 = t.x().squared();
        Fp2 threeX2 = x2.twice().plus(x2);
        Fp2 z2 = t.z().squared();
        Fp2 scale = t.y().times(t.z()).twice().times(z2);
        Fp2 constant = threeX2.times(t.x()).minus(t.y().squared().twice());
        return f.timesLine(scale.times(p.y()), threeX2.times(z2).times(p.x()).negate(), constant);
    }

    /** Slope r / (Z h) with h = xQ Z^2 - X and r = yQ Z^3 - Y, scaled by Z h. */
    private static Fp12 timesSecant(Fp12 f, G2Point t, G2Point q, G1Point p) {
        Fp2 z2 = t.z().squared();
        Fp2 h = q.x().times(z2).minus(t.x());
        Fp2 r = q.y().times(z2).times(t.z()).minus(t.y());
        Fp2 scale = t.z().times(h);
        Fp2 constant = r.times(q.x()).minus(scale.times(q.y()));
        return f.timesLine(scale.times(p.y()), r.times(p.x()).negate(), constant);
    }

    /** To the power of (p^12 - 1) / r. */
    static Fp12 finalExponentiation(Fp12 value) {
        Fp12 easy = value.conjugate().times(value.inverse());
        return hardPart(easy.toP().toP().times(easy));
    }

    /** To the power of (p^4 - p^2 + 1) / r, by an addition chain over powers of u and p. */
    static Fp12 hardPart(Fp12 f) {
        Fp12 fu = f.power(U);
        Fp12 fu2 = fu.power(U);
        Fp12 fu3 = fu2.power(U);
        Fp12 fp = f.toP();
        Fp12 fp2 = fp.toP();
        Fp12 y0 = fp.times(fp2).times(fp2.toP());
        Fp12 y1 = f.conjugate();
        Fp12 y2 = fu2.toP().toP();
        Fp12 y3 = fu.toP().conjugate();
        Fp12 y4 = fu.times(fu2.toP()).conjugate();
        Fp12 y5 = fu2.conjugate();
        Fp12 y6 = fu3.times(fu3.toP()).conjugate();
        Fp12 a = y6.squared().times(y4).times(y5);
        Fp12 b = y3.times(y5).times(a).squared();
        Fp12 c = b.times(a.times(y2)).squared();
        return c.times(y1).squared().times(c.times(y0));
    }
}
