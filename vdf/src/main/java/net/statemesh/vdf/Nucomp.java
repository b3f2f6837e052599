// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * Composition of forms of one discriminant, in the notation of the source.
 *
 * <p>Source: Shanks, Atkin; Cohen, algorithm 5.4.9; Jacobson and van der Poorten, "Computational aspects of NUCOMP" (2002).
 */
final class Nucomp {
    private final LimbArithmetic arithmetic;
    private final Euclid euclid;
    private final Reduction reduction;
    private final int floorBits;
    private final MutableForm result;
    private final Register reducedA1;
    private final Register reducedA2;
    private final Register s;
    private final Register n;
    private final Register u;
    private final Register d;
    private final Register d1;
    private final Register w;
    private final Register q;
    private final Register t;
    private final Register p;
    private final Register e;
    private final Register g;
    private final Register h;
    private final Register z;
    private Register a1;
    private Register a2;

    /** @param floorBits about a quarter of the discriminant's bits: where the partial gcd stops when both a are of one length */
    Nucomp(LimbArithmetic arithmetic, Euclid euclid, Reduction reduction, int floorBits, int capacityLimbs) {
        this.arithmetic = arithmetic;
        this.euclid = euclid;
        this.reduction = reduction;
        this.floorBits = floorBits;
        result = new MutableForm(capacityLimbs);
        reducedA1 = new Register(capacityLimbs);
        reducedA2 = new Register(capacityLimbs);
        s = new Register(capacityLimbs);
        n = new Register(capacityLimbs);
        u = new Register(capacityLimbs);
        d = new Register(capacityLimbs);
        d1 = new Register(capacityLimbs);
        w = new Register(capacityLimbs);
        q = new Register(capacityLimbs);
        t = new Register(capacityLimbs);
        p = new Register(capacityLimbs);
        e = new Register(capacityLimbs);
        g = new Register(capacityLimbs);
        h = new Register(capacityLimbs);
        z = new Register(capacityLimbs);
        a1 = reducedA1;
        a2 = reducedA2;
    }

    /**
     * r = f h, or f / h when {@code inverse}; reduced. r may be either operand and need not have room for more than a reduced form. The c of h
     * is not read, and h is another form than f when {@code inverse}.
     */
    void multiply(MutableForm r, MutableForm f, MutableForm h, boolean inverse) {
        boolean hNegated = inverse && h.b.size > 0;
        h.b.negative ^= hNegated;
        compose(h, f);
        h.b.negative ^= hNegated;
        reduction.reduce(result);
        r.set(result);
    }

    private void compose(MutableForm f1, MutableForm f2) {
        s.setSum(f1.b, f2.b);
        s.half();
        n.setDifference(f2.b, s);
        a1 = f1.a;
        a2 = f2.a;
        euclid.extended(a1, a2);
        d.set(euclid.x);
        u.set(euclid.v);
        u.negative = !euclid.odd && u.size > 0;
        d1.set(1);
        if (d.isOne()) {
            setMinusProduct(w, u, n);
        } else {
            startWithCommonFactor(f2);
        }
        modulo(w, a1);
        euclid.partial(a1, w, (a1.bitLength() - a2.bitLength()) / 2 + floorBits);
        if (euclid.moved) {
            composeFromRows(f2);
        } else {
            composeDirectly(f2);
        }
    }

    /** w = -u n z - g c2 modulo a1 / d1, where g s + z d = d1 = gcd(s, d); a1, a2 and s are divided by d1. */
    private void startWithCommonFactor(MutableForm f2) {
        modulo(s, t, d);
        if (t.isZero()) {
            divideByCommonFactor(d);
            setMinusProduct(w, u, n);
            return;
        }
        euclid.extended(d, t);
        g.set(euclid.v);
        g.negative = !euclid.odd && g.size > 0;
        arithmetic.multiply(p, g, s);
        t.setDifference(euclid.x, p);
        arithmetic.divideExactly(z, t, d);
        if (!euclid.x.isOne()) {
            divideByCommonFactor(euclid.x);
        }
        setMinusProduct(w, u, n);
        modulo(w, a1);
        arithmetic.multiply(p, w, z);
        arithmetic.multiply(t, g, f2.c);
        w.setDifference(p, t);
    }

    private void divideByCommonFactor(Register factor) {
        d1.set(factor);
        divide(a1, factor, reducedA1);
        a1 = reducedA1;
        divide(a2, factor, reducedA2);
        a2 = reducedA2;
        divide(s, factor, s);
    }

    /** a3 = x a2, b3 = 2 a2 w + b2, c3 = w (a2 w + n) / x + (w s + c2) / x d1. */
    private void composeDirectly(MutableForm f2) {
        Register x = euclid.x;
        arithmetic.multiply(q, a2, w);
        t.setSum(q, n);
        arithmetic.divideExactly(h, t, x);
        arithmetic.multiply(t, w, s);
        t.setSum(t, f2.c);
        arithmetic.divideExactly(g, t, x);
        arithmetic.multiply(result.a, x, a2);
        arithmetic.multiply(t, w, h);
        arithmetic.multiply(p, g, d1);
        result.c.setSum(t, p);
        q.twice();
        result.b.setSum(q, f2.b);
    }

    private void composeFromRows(MutableForm f2) {
        Register x = euclid.x;
        Register y = euclid.y;
        Register v = euclid.v;
        Register v2 = euclid.w;
        v.negative = !euclid.odd && v.size > 0;
        y.negative = euclid.odd && y.size > 0;
        // p = (a2 x + n v) / a1, e = (s x + c2 v) / a1
        arithmetic.multiply(q, a2, x);
        arithmetic.multiply(t, n, v);
        t.setSum(t, q);
        arithmetic.divideExactly(p, t, a1);
        arithmetic.multiply(q, s, x);
        arithmetic.multiply(t, f2.c, v);
        t.setSum(t, q);
        arithmetic.divideExactly(e, t, a1);
        // q1 = p y, q2 = q1 + n, h = q2 / x
        arithmetic.multiply(q, p, y);
        t.setSum(q, n);
        result.b.setSum(q, t);
        arithmetic.divideExactly(h, t, x);
        // q3 = e v2, q4 = q3 - s, g = q4 / v
        arithmetic.multiply(q, e, v2);
        t.setDifference(q, s);
        q.setSum(q, t);
        arithmetic.divideExactly(g, t, v);
        if (!d1.isOne()) {
            multiplyInPlace(v, d1);
            multiplyInPlace(v2, d1);
            multiplyInPlace(q, d1);
        }
        result.b.setSum(result.b, q);
        arithmetic.multiply(t, x, p);
        arithmetic.multiply(q, e, v);
        result.a.setSum(t, q);
        arithmetic.multiply(t, y, h);
        arithmetic.multiply(q, g, v2);
        result.c.setSum(t, q);
        v.negative = false;
        y.negative = false;
    }

    private void setMinusProduct(Register r, Register x, Register y) {
        arithmetic.multiply(r, x, y);
        r.negate();
    }

    private void multiplyInPlace(Register x, Register y) {
        arithmetic.multiply(t, x, y);
        x.set(t);
    }

    /** r = x / y, which may be x, where y divides x. */
    private void divide(Register x, Register y, Register r) {
        t.set(x);
        arithmetic.divideExactly(r, t, y);
    }

    private void modulo(Register x, Register m) {
        modulo(x, t, m);
        x.set(t);
    }

    /** r = x mod m in [0, m). */
    private void modulo(Register x, Register r, Register m) {
        arithmetic.divide(q, r, x, m);
        if (r.negative) {
            r.setSum(r, m);
        }
    }
}
