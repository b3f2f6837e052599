// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * Squaring of forms of prime discriminant. With gcd(a, b) = 1 (a common prime would divide the discriminant):
 * w = -c / b modulo a, then Euclid on (a, w) halfway, and the square from the two rows.
 *
 * <p>Source: Shanks, Atkin; Cohen, algorithm 5.4.8; Jacobson and van der Poorten, "Computational aspects of NUCOMP" (2002).
 */
final class Nudupl {
    private final LimbArithmetic arithmetic;
    private final Euclid euclid;
    private final Reduction reduction;
    private final int floorBits;
    private final Register t;
    private final Register s;
    private final Register e;
    private final Register g;
    private final Register w;

    /** @param floorBits about a quarter of the discriminant's bits: where the partial gcd stops */
    Nudupl(LimbArithmetic arithmetic, Euclid euclid, Reduction reduction, int floorBits, int capacityLimbs) {
        this.arithmetic = arithmetic;
        this.euclid = euclid;
        this.reduction = reduction;
        this.floorBits = floorBits;
        t = new Register(capacityLimbs);
        s = new Register(capacityLimbs);
        e = new Register(capacityLimbs);
        g = new Register(capacityLimbs);
        w = new Register(capacityLimbs);
    }

    /** f = f², reduced. */
    void square(MutableForm f) {
        euclid.extended(f.a, f.b);
        if (!euclid.x.isOne()) {
            throw new CompositeDiscriminantException();
        }
        // odd: v |b| = 1 modulo a, else -1; w = -c / b in [0, a)
        boolean wNegative = euclid.odd ^ f.b.negative;
        arithmetic.multiply(t, f.c, euclid.v);
        arithmetic.divide(s, w, t, f.a);
        if (wNegative && w.size > 0) {
            w.setDifference(f.a, w);
        }
        euclid.partial(f.a, w, floorBits);
        if (euclid.moved) {
            squareFromRows(f);
        } else {
            squareDirectly(f);
        }
        reduction.reduce(f);
    }

    /** No Euclidean step was needed: a is small. (a², b + 2aw, w² + (bw + c) / a). */
    private void squareDirectly(MutableForm f) {
        arithmetic.multiply(t, w, f.b);
        t.setSum(t, f.c);
        arithmetic.divideExactly(g, t, f.a);
        arithmetic.square(t, w);
        f.c.setSum(t, g);
        arithmetic.multiply(t, f.a, w);
        t.twice();
        f.b.setSum(f.b, t);
        arithmetic.square(t, f.a);
        f.a.set(t);
    }

    private void squareFromRows(MutableForm f) {
        Register x = euclid.x;
        Register y = euclid.y;
        Register v = euclid.v;
        Register v2 = euclid.w;
        boolean sign = euclid.odd;
        // e = (± b x - c v) / a
        arithmetic.multiply(t, f.b, x);
        t.negative ^= sign && t.size > 0;
        arithmetic.multiply(s, f.c, v);
        t.setDifference(t, s);
        arithmetic.divideExactly(e, t, f.a);
        // g = (b - (± e v2)) / v, with ev2 in t
        v2.negative = sign && v2.size > 0;
        arithmetic.multiply(t, e, v2);
        s.setDifference(f.b, t);
        arithmetic.divideExactly(g, s, v);
        // b' = 2 (e v2 ± x y) - b
        arithmetic.multiply(s, x, y);
        s.negative = sign && s.size > 0;
        t.setSum(t, s);
        t.twice();
        f.b.setDifference(t, f.b);
        // a' = x² - e v, c' = y² ± g v2
        arithmetic.square(t, x);
        arithmetic.multiply(s, e, v);
        f.a.setDifference(t, s);
        arithmetic.square(t, y);
        arithmetic.multiply(s, g, v2);
        f.c.setSum(t, s);
        v2.negative = false;
    }
}
