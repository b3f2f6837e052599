// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;

/** A form (a, b, c) in registers, for computing without allocation. */
final class MutableForm {
    Register a;
    final Register b;
    Register c;

    MutableForm(int capacityLimbs) {
        a = new Register(capacityLimbs);
        b = new Register(capacityLimbs);
        c = new Register(capacityLimbs);
    }

    void set(MutableForm other) {
        a.set(other.a);
        b.set(other.b);
        c.set(other.c);
    }

    void set(Form form) {
        a.set(form.a());
        b.set(form.b());
        c.set(form.c());
    }

    Form toForm() {
        return new Form(a.toBigInteger(), b.toBigInteger(), c.toBigInteger());
    }

    boolean sameAs(MutableForm other) {
        return same(a, other.a) && same(b, other.b) && same(c, other.c);
    }

    /** Sets this to the reduced form {@code other}, or to that of the inverse class. */
    void setClass(MutableForm other, boolean inverse) {
        set(other);
        boolean ownInverse = a.compareMagnitude(b) == 0 || a.compareMagnitude(c) == 0;
        b.negative ^= inverse && !ownInverse;
    }

    void swapEnds() {
        Register t = a;
        a = c;
        c = t;
    }

    void setIdentity(BigInteger discriminant) {
        a.set(1);
        b.set(1);
        c.set(BigInteger.ONE.subtract(discriminant).shiftRight(2));
    }

    private static boolean same(Register p, Register q) {
        return p.compareMagnitude(q) == 0 && (p.negative == q.negative || p.size == 0);
    }
}
