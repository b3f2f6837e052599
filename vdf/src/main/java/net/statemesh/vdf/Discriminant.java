// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.math.BigInteger;

/** A negative prime discriminant D with |D| = 7 mod 8, which names a class group. Nobody knows the order of the group. */
public final class Discriminant {
    /** Shortest |D| that is taken; it is of use in tests only. */
    public static final int MIN_BITS = 5;
    /** Longest |D| that is taken: bounds what a verifier can be made to do. */
    public static final int MAX_BITS = 4096;

    private final BigInteger absolute;

    private Discriminant(BigInteger absolute) {
        this.absolute = absolute;
    }

    /**
     * The discriminant -n.
     *
     * @throws IllegalArgumentException when n is not a prime of {@value #MIN_BITS} to {@value #MAX_BITS} bits with n = 7 mod 8
     */
    public static Discriminant of(BigInteger n) {
        if (n.signum() <= 0 || n.bitLength() < MIN_BITS || n.bitLength() > MAX_BITS) {
            throw new IllegalArgumentException(
                    "|D| has " + n.bitLength() + " bits; " + MIN_BITS + " to " + MAX_BITS + " are accepted");
        }
        if ((n.intValue() & 7) != 7 || !Primality.isProbablePrime(n)) {
            throw new IllegalArgumentException("|D| = " + n.toString(16) + " (hex) is not a prime that is 7 modulo 8");
        }
        return new Discriminant(n);
    }

    /**
     * The discriminant that a seed stands for, of {@code bits} bits. Takes about a second at 2048 bits.
     *
     * @throws IllegalArgumentException when bits is below {@value DiscriminantSearch#MIN_BITS} or above {@value #MAX_BITS}
     */
    public static Discriminant fromSeed(byte[] seed, int bits) {
        if (bits < DiscriminantSearch.MIN_BITS || bits > MAX_BITS) {
            throw new IllegalArgumentException("a discriminant of " + bits + " bits was asked for; "
                    + DiscriminantSearch.MIN_BITS + " to " + MAX_BITS + " are accepted");
        }
        return new Discriminant(DiscriminantSearch.find(seed, bits));
    }

    /** |D|. */
    public BigInteger absolute() {
        return absolute;
    }

    /** D. */
    public BigInteger value() {
        return absolute.negate();
    }

    /** Length of |D|. */
    public int bits() {
        return absolute.bitLength();
    }

    /** (1, 1, (1 - D) / 4). */
    public Form identity() {
        return new Form(
                BigInteger.ONE, BigInteger.ONE, absolute.add(BigInteger.ONE).shiftRight(2));
    }

    /** (2, 1, (1 - D) / 8), the usual input; reduced, since D = 1 mod 8. */
    public Form generator() {
        return new Form(
                BigInteger.TWO, BigInteger.ONE, absolute.add(BigInteger.ONE).shiftRight(3));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Discriminant that && absolute.equals(that.absolute);
    }

    @Override
    public int hashCode() {
        return absolute.hashCode();
    }

    @Override
    public String toString() {
        return "-" + absolute.toString(16);
    }
}
