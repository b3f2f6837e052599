// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

/**
 * Composition of forms of one discriminant, in the notation of the source (f1 with the larger a).
 *
 * <p>Source: Shanks, Atkin; Cohen, algorithm 5.4.9; Jacobson and van der Poorten, "Computational aspects of NUCOMP" (2002).
 */
final class Nucomp {
    private final LimbArithmetic arithmetic;
    private final Euclid euclid;
    private final Reduction reduction;
    private final int floorBits;
    private final MutableForm result;
    private final Register a1;
    private final Register a2;
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

    /** @param floorBits about a quarter of the discriminant's bits: where the partial gcd stops when both a are of one length */
    Nucomp(LimbArithmetic arithmetic, Euclid euclid, Reduction reduction, int floorBits, int capacityLimbs) {
        this.arithmetic = arithmetic;
        this.euclid = euclid;
        this.reduction = reduction;
        this.floorBits = floorBits;
        result = new MutableForm(capacityLimbs);
        a1 = new Register(capacityLimbs);
        a2 = new Register(capacityLimbs);
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
    }

    /** r = f h, or f / h when {@code inverse}; reduced. r may be either operand and need not have room for more than a reduced form. */
    void multiply(MutableForm r, MutableForm f, MutableForm h, boolean inverse) {
        boolean exchanged = f.a.compareMagnitude(h.a) < 0;
        MutableForm f1 = exchanged ? h : f;
        MutableForm f2 = exchanged ? f : h;
        boolean hNegated = inverse && h.b.size > 0;
        h.b.negative ^= hNegated;
        compose(f1, f2);
        h.b.negative ^= hNegated;
        reduction.reduce(result);
        r.set(result);
    }

    private void compose(MutableForm f1, MutableForm f2) {
        s.setSum(f1.b, f2.b);
        s.half();
        n.setDifference(f2.b, s);
        a1.set(f1.a);
        a2.set(f2.a);
        euclid.extended(a1, a2);
        d.set(euclid.x);
        u.set(euclid.v);
        u.negative = !euclid.odd && u.size > 0;
        d1.set(1);
        if (d.isOne()) {
            setMinusProduct(w, u, n);
        } else {
            reduceCommonFactor(f1, f2);
        }
        modulo(w, a1);
        euclid.partial(a1, w, (a1.bitLength() - a2.bitLength()) / 2 + floorBits);
        if (euclid.moved) {
            composeFromRows(f2);
        } else {
            composeDirectly(f2);
        }
    }

    private void reduceCommonFactor(MutableForm f1, MutableForm f2) {
        arithmetic.divide(q, t, s, d);
        if (t.size == 0) {
            setMinusProduct(w, u, n);
            d1.set(d);
            s.set(q);
            divideInPlace(a1, d);
            divideInPlace(a2, d);
            return;
        }
        // cofactor of a1: (d - u a2) / a1
        arithmetic.multiply(t, u, a2);
        t.setDifference(d, t);
        arithmetic.divideExactly(h, t, a1);
        modulo(s, p, d);
        euclid.extended(d, p);
        d1.set(euclid.x);
        g.set(euclid.v);
        g.negative = !euclid.odd && g.size > 0;
        if (!d1.isOne()) {
            divideInPlace(a1, d1);
            divideInPlace(a2, d1);
            divideInPlace(s, d1);
            divideInPlace(d, d1);
        }
        // w = -(u1 (u c1 + v c2)) mod d · a1/d - u n/d; d is short nearly always, so the long numbers are reduced first
        productModulo(u, f1.c, result.a);
        e.set(p);
        productModulo(h, f2.c, result.a);
        t.setSum(p, e);
        arithmetic.multiply(p, t, g);
        p.negate();
        t.set(p);
        modulo(t, p, d);
        t.set(a1);
        arithmetic.divideExactly(q, t, d);
        arithmetic.multiply(w, p, q);
        t.set(n);
        arithmetic.divideExactly(q, t, d);
        arithmetic.multiply(t, u, q);
        w.setDifference(w, t);
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

    private void divideInPlace(Register x, Register y) {
        t.set(x);
        arithmetic.divideExactly(x, t, y);
    }

    /** p = x y mod d, using {@code spare}. */
    private void productModulo(Register x, Register y, Register spare) {
        modulo(x, p, d);
        modulo(y, spare, d);
        arithmetic.multiply(t, p, spare);
        modulo(t, p, d);
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
