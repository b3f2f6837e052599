// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;

/**
 * The group of classes of forms of one discriminant, each class given by its reduced form. Owns the registers that the operations
 * compute in, so that they allocate nothing; one object serves one thread at a time.
 */
public final class ClassGroup {
    private static final int WINDOW = 5;
    /** So much below a quarter of the discriminant's bits, the partial gcd leaves forms that are reduced most often. Found by measuring. */
    private static final int FLOOR_MARGIN_BITS = 3;

    private static final int ODD_POWERS = 1 << (WINDOW - 2);

    private final Discriminant discriminant;
    private final Backend backend;
    private final int capacityLimbs;
    private final LimbArithmetic arithmetic;
    private final Nudupl nudupl;
    private final Nucomp nucomp;
    private final Register absolute;
    private final Register numerator;
    private final Register denominator;
    private final Register remainder;

    /**
     * The group whose operations run on the given back end.
     *
     * @throws UnsupportedOperationException when this machine cannot run the back end
     */
    public ClassGroup(Discriminant discriminant, Backend backend) {
        this.discriminant = discriminant;
        this.backend = backend;
        int formLimbs = formLimbs(discriminant.bits());
        capacityLimbs = 4 * formLimbs + 8;
        arithmetic = backend.arithmetic(capacityLimbs);
        Euclid euclid = new Euclid(arithmetic, capacityLimbs);
        Reduction reduction = new Reduction(arithmetic, capacityLimbs);
        int floorBits = Math.max(0, discriminant.bits() / 4 - FLOOR_MARGIN_BITS);
        nudupl = new Nudupl(arithmetic, euclid, reduction, floorBits, capacityLimbs);
        nucomp = new Nucomp(arithmetic, euclid, reduction, floorBits, capacityLimbs);
        absolute = new Register(capacityLimbs);
        absolute.set(discriminant.absolute());
        numerator = new Register(capacityLimbs);
        denominator = new Register(capacityLimbs);
        remainder = new Register(capacityLimbs);
    }

    public Discriminant discriminant() {
        return discriminant;
    }

    public Backend backend() {
        return backend;
    }

    /** f h, reduced. */
    public Form multiply(Form f, Form h) {
        MutableForm r = load(f);
        multiply(r, r, load(h));
        return r.toForm();
    }

    /** f squared {@code times} times: f^(2^times). */
    public Form square(Form f, long times) {
        MutableForm r = load(f);
        square(r, times);
        return r.toForm();
    }

    /** f^exponent; the exponent may be negative. */
    public Form power(Form f, BigInteger exponent) {
        MutableForm r = newForm();
        MutableForm base = load(exponent.signum() < 0 ? f.inverse() : f);
        powerProduct(r, base, exponent.abs(), base, BigInteger.ZERO);
        return r.toForm();
    }

    MutableForm newForm() {
        return new MutableForm(capacityLimbs);
    }

    MutableForm load(Form f) {
        MutableForm r = newForm();
        r.set(f);
        return r;
    }

    void square(MutableForm f, long times) {
        for (long i = 0; i < times; i++) {
            nudupl.square(f);
        }
    }

    /** r = f h. The c of h is not read. */
    void multiply(MutableForm r, MutableForm f, MutableForm h) {
        nucomp.multiply(r, f, h, false);
    }

    /** r = f / h. The c of h is not read. */
    void divide(MutableForm r, MutableForm f, MutableForm h) {
        nucomp.multiply(r, f, h, true);
    }

    void setIdentity(MutableForm f) {
        f.setIdentity(discriminant.value());
    }

    /** c = (b² - D) / 4a, where a and b are those of a form of this discriminant. */
    void completeEnd(MutableForm f) {
        arithmetic.square(numerator, f.b);
        numerator.setSum(numerator, absolute);
        denominator.set(f.a);
        denominator.twice();
        denominator.twice();
        arithmetic.divideExactly(f.c, numerator, denominator);
    }

    /** As {@link #completeEnd}, but false when 4a does not divide b² - D, so that (a, b) belongs to no form of this discriminant. */
    boolean completeEndExactly(MutableForm f) {
        arithmetic.square(numerator, f.b);
        numerator.setSum(numerator, absolute);
        denominator.set(f.a);
        denominator.twice();
        denominator.twice();
        arithmetic.divide(f.c, remainder, numerator, denominator);
        return remainder.isZero();
    }

    /** r = f^m h^n for m, n &gt;= 0 by interleaved signed windows. Source: Möller, "Algorithms for multi-exponentiation" (2001). */
    void powerProduct(MutableForm r, MutableForm f, BigInteger m, MutableForm h, BigInteger n) {
        byte[] mDigits = SignedWindows.digits(m, WINDOW);
        byte[] nDigits = SignedWindows.digits(n, WINDOW);
        MutableForm[] fPowers = oddPowers(f, mDigits.length);
        MutableForm[] hPowers = oddPowers(h, nDigits.length);
        setIdentity(r);
        boolean started = false;
        for (int i = Math.max(mDigits.length, nDigits.length) - 1; i >= 0; i--) {
            if (started) {
                nudupl.square(r);
            }
            started |= multiplyByDigit(r, fPowers, mDigits, i, started);
            started |= multiplyByDigit(r, hPowers, nDigits, i, started);
        }
    }

    private boolean multiplyByDigit(MutableForm r, MutableForm[] powers, byte[] digits, int i, boolean started) {
        int digit = i < digits.length ? digits[i] : 0;
        if (digit == 0) {
            return false;
        }
        MutableForm power = powers[Math.abs(digit) >> 1];
        if (!started && digit > 0) {
            r.set(power);
        } else {
            nucomp.multiply(r, r, power, digit < 0);
        }
        return true;
    }

    /** f, f³, f⁵, …, as many as digits of a number of this length can ask for. */
    private MutableForm[] oddPowers(MutableForm f, int digits) {
        MutableForm[] powers =
                new MutableForm[digits == 0 ? 0 : Math.min(ODD_POWERS, 1 << (Math.min(digits, WINDOW) - 1))];
        if (powers.length == 0) {
            return powers;
        }
        powers[0] = newForm();
        powers[0].set(f);
        MutableForm square = newForm();
        square.set(f);
        if (powers.length > 1) {
            nudupl.square(square);
        }
        for (int i = 1; i < powers.length; i++) {
            powers[i] = newForm();
            nucomp.multiply(powers[i], powers[i - 1], square, false);
        }
        return powers;
    }

    private static int formLimbs(int discriminantBits) {
        return (discriminantBits + 2 * Long.SIZE - 1) / (2 * Long.SIZE);
    }
}
