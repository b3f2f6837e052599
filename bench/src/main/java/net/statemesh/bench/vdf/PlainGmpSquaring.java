// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.vdf;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import net.statemesh.vdf.Form;

/**
 * The baseline: NUDUPL as every C implementation writes it, all of its long arithmetic in libgmp's mpz functions, the partial gcd with
 * single-word Lehmer steps whose matrices are applied by mpz functions too. A caller in C would save the 5 to 8 ns that each call costs here.
 *
 * <p>Source: Jacobson and van der Poorten, "Computational aspects of NUCOMP" (2002); Cohen, algorithm 5.4.8; Collins' condition for
 * quotients of leading digits.
 */
final class PlainGmpSquaring {
    private static final int WORD_BITS = 62;
    private static final MemorySegment ZERO = Mpz.number(Long.SIZE);
    private static final MemorySegment ONE = one();

    private final MemorySegment a;
    private final MemorySegment b;
    private final MemorySegment c;
    private final MemorySegment limit;
    private final MemorySegment g;
    private final MemorySegment w;
    private final MemorySegment t;
    private final MemorySegment s;
    private final MemorySegment e;
    private MemorySegment x;
    private MemorySegment y;
    private MemorySegment v;
    private MemorySegment v2;
    private MemorySegment spare;

    /** Starts at {@code form}, which is reduced. */
    PlainGmpSquaring(Form form) {
        long capacityBits = 2L * form.discriminant().bitLength() + 2 * Long.SIZE;
        a = Mpz.number(capacityBits);
        b = Mpz.number(capacityBits);
        c = Mpz.number(capacityBits);
        limit = Mpz.number(capacityBits);
        g = Mpz.number(capacityBits);
        w = Mpz.number(capacityBits);
        t = Mpz.number(capacityBits);
        s = Mpz.number(capacityBits);
        e = Mpz.number(capacityBits);
        x = Mpz.number(capacityBits);
        y = Mpz.number(capacityBits);
        v = Mpz.number(capacityBits);
        v2 = Mpz.number(capacityBits);
        spare = Mpz.number(capacityBits);
        Mpz.set(a, form.a());
        Mpz.set(b, form.b());
        Mpz.set(c, form.c());
        Mpz.set(limit, form.discriminant().negate().sqrt().sqrt());
    }

    private static MemorySegment one() {
        MemorySegment one = Mpz.number(Long.SIZE);
        Mpz.set(one, BigInteger.ONE);
        return one;
    }

    Form form() {
        return new Form(Mpz.get(a), Mpz.get(b), Mpz.get(c));
    }

    void square(int times) {
        for (int i = 0; i < times; i++) {
            square();
        }
    }

    private void square() {
        Mpz.gcdext(g, w, MemorySegment.NULL, b, a);
        Mpz.mul(t, w, c);
        Mpz.negate(t);
        Mpz.mod(w, t, a);
        int steps = partialGcd();
        if (steps == 0) {
            squareDirectly();
        } else {
            squareFromRows();
        }
        reduce();
    }

    /** Rows (x, v), (y, v2) with x = v w and y = v2 w modulo a, until y &lt;= limit; the number of row exchanges. */
    private int partialGcd() {
        Mpz.set(x, a);
        Mpz.set(y, w);
        Mpz.set(v, ZERO);
        Mpz.set(v2, ONE);
        int steps = 0;
        while (Mpz.compare(y, limit) > 0) {
            int made = wordSteps();
            if (made == 0) {
                Mpz.divide(t, spare, x, y);
                rotateRemainders();
                Mpz.set(spare, v);
                Mpz.submul(spare, t, v2);
                rotateCofactors();
                made = 1;
            }
            steps += made;
        }
        return steps;
    }

    private void rotateRemainders() {
        MemorySegment old = x;
        x = y;
        y = spare;
        spare = old;
    }

    private void rotateCofactors() {
        MemorySegment old = v;
        v = v2;
        v2 = spare;
        spare = old;
    }

    private int wordSteps() {
        int shift = Math.max(0, Mpz.bitLength(x) - WORD_BITS);
        long p = Mpz.bitsFrom(x, shift);
        long q = Mpz.bitsFrom(y, shift);
        long floor = Mpz.bitsFrom(limit, shift);
        long a0 = 1;
        long b0 = 0;
        long a1 = 0;
        long b1 = 1;
        int steps = 0;
        while (q > floor && q != 0) {
            long quotient = p / q;
            long r = p - quotient * q;
            long a2 = a0 - quotient * a1;
            long b2 = b0 - quotient * b1;
            boolean certain = (steps & 1) == 0 ? r >= -b2 && q - r >= a2 - a1 : r >= -a2 && q - r >= b2 - b1;
            if (shift > 0 && !certain) {
                break;
            }
            p = q;
            q = r;
            a0 = a1;
            a1 = a2;
            b0 = b1;
            b1 = b2;
            steps++;
        }
        if (steps > 0) {
            apply(a0, b0, a1, b1);
        }
        return steps;
    }

    private void apply(long a0, long b0, long a1, long b1) {
        Mpz.mul(spare, x, a0);
        Mpz.addmul(spare, y, b0);
        Mpz.mul(t, y, b1);
        Mpz.addmul(t, x, a1);
        Mpz.set(y, t);
        MemorySegment old = x;
        x = spare;
        Mpz.mul(old, v, a0);
        Mpz.addmul(old, v2, b0);
        Mpz.mul(t, v2, b1);
        Mpz.addmul(t, v, a1);
        Mpz.set(v2, t);
        spare = v;
        v = old;
    }

    private void squareDirectly() {
        Mpz.mul(t, w, b);
        Mpz.add(t, t, c);
        Mpz.divexact(g, t, a);
        Mpz.mul(t, a, w);
        Mpz.add(b, b, t);
        Mpz.add(b, b, t);
        Mpz.mul(t, a, a);
        Mpz.set(a, t);
        Mpz.mul(t, w, w);
        Mpz.add(c, t, g);
    }

    private void squareFromRows() {
        if (Mpz.sign(v) > 0) {
            Mpz.negate(v);
            Mpz.negate(x);
        }
        Mpz.mul(t, c, v);
        Mpz.addmul(t, b, x);
        Mpz.divexact(e, t, a);
        Mpz.mul(t, e, v2);
        Mpz.sub(s, t, b);
        Mpz.divexact(g, s, v);
        Mpz.add(b, t, s);
        Mpz.mul(t, x, y);
        Mpz.add(b, b, t);
        Mpz.add(b, b, t);
        Mpz.mul(a, x, x);
        Mpz.addmul(a, e, v);
        Mpz.mul(c, y, y);
        Mpz.addmul(c, g, v2);
    }

    private void reduce() {
        while (true) {
            int order = Mpz.compareMagnitude(b, a);
            if (order > 0 || (order == 0 && Mpz.sign(b) < 0)) {
                normalise();
            }
            int ends = Mpz.compare(a, c);
            if (ends < 0) {
                return;
            }
            if (ends == 0) {
                if (Mpz.sign(b) < 0) {
                    Mpz.negate(b);
                }
                return;
            }
            Mpz.set(t, a);
            Mpz.set(a, c);
            Mpz.set(c, t);
            Mpz.negate(b);
        }
    }

    /** b to (-a, a]: q = ceil((b - a) / 2a), c' = c - q (b + b') / 2. */
    private void normalise() {
        Mpz.add(t, a, a);
        Mpz.sub(s, a, b);
        Mpz.divide(g, s, s, t);
        Mpz.mul(t, g, a);
        Mpz.add(s, b, t);
        Mpz.add(b, s, t);
        Mpz.addmul(c, g, s);
    }
}
