// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.lang.foreign.MemorySegment;
import java.math.BigInteger;

/**
 * A signed number of bounded size in limbs that are allocated once. Limbs from {@code size} upward have no meaning.
 *
 * <p>{@code segment} is the view of the same limbs that the native back end hands to GMP.
 */
final class Register {
    final long[] limbs;
    final MemorySegment segment;
    int size;
    boolean negative;

    Register(int capacityLimbs) {
        limbs = new long[capacityLimbs];
        segment = MemorySegment.ofArray(limbs);
    }

    boolean isZero() {
        return size == 0;
    }

    /** Writes zeros above the size, up to {@code limbCount} limbs; the size stays. */
    void clearUpTo(int limbCount) {
        for (int i = size; i < limbCount; i++) {
            limbs[i] = 0;
        }
    }

    boolean isOne() {
        return size == 1 && limbs[0] == 1 && !negative;
    }

    int bitLength() {
        return Limbs.bitLength(limbs, size);
    }

    /** The magnitude shifted right by {@code shift} bits, which leaves at most 64. */
    long bitsFrom(int shift) {
        int limb = shift >>> 6;
        int bits = shift & 63;
        if (limb >= size) {
            return 0;
        }
        long low = limbs[limb] >>> bits;
        return bits == 0 || limb + 1 >= size ? low : low | limbs[limb + 1] << (64 - bits);
    }

    void set(Register other) {
        System.arraycopy(other.limbs, 0, limbs, 0, other.size);
        size = other.size;
        negative = other.negative;
    }

    void set(long value) {
        limbs[0] = Math.abs(value);
        size = value == 0 ? 0 : 1;
        negative = value < 0;
    }

    /** @throws IllegalArgumentException when the value needs more limbs than this register has */
    void set(BigInteger value) {
        byte[] bytes = value.abs().toByteArray();
        int needed = (bytes.length + Long.BYTES - 1) / Long.BYTES;
        if (needed > limbs.length) {
            throw new IllegalArgumentException(
                    "a number of " + value.bitLength() + " bits does not fit " + limbs.length + " limbs");
        }
        java.util.Arrays.fill(limbs, 0, needed, 0);
        for (int i = 0; i < bytes.length; i++) {
            limbs[i / Long.BYTES] |= (bytes[bytes.length - 1 - i] & 0xffL) << (Byte.SIZE * (i % Long.BYTES));
        }
        size = Limbs.trim(limbs, needed);
        negative = value.signum() < 0;
    }

    BigInteger toBigInteger() {
        byte[] bytes = new byte[size * Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[bytes.length - 1 - i] = (byte) (limbs[i / Long.BYTES] >>> (Byte.SIZE * (i % Long.BYTES)));
        }
        return new BigInteger(size == 0 ? 0 : negative ? -1 : 1, bytes);
    }

    int compareMagnitude(Register other) {
        return Limbs.compare(limbs, size, other.limbs, other.size);
    }

    void negate() {
        negative = !negative && size > 0;
    }

    /** this = x + y; either may be this register. */
    void setSum(Register x, Register y) {
        setSum(x, y, y.negative);
    }

    /** this = x - y; either may be this register. */
    void setDifference(Register x, Register y) {
        setSum(x, y, !y.negative);
    }

    private void setSum(Register x, Register y, boolean yNegative) {
        boolean xNegative = x.negative;
        if (xNegative == yNegative) {
            size = x.size >= y.size
                    ? Limbs.add(limbs, x.limbs, x.size, y.limbs, y.size)
                    : Limbs.add(limbs, y.limbs, y.size, x.limbs, x.size);
            negative = xNegative;
        } else if (x.compareMagnitude(y) >= 0) {
            size = Limbs.subtract(limbs, x.limbs, x.size, y.limbs, y.size);
            negative = xNegative;
        } else {
            size = Limbs.subtract(limbs, y.limbs, y.size, x.limbs, x.size);
            negative = yNegative;
        }
        if (size == 0) {
            negative = false;
        }
    }

    /** this = 2 this. */
    void twice() {
        shiftLeft(1);
    }

    /** this = 2^bits this, for 0 &lt;= bits &lt; 64. */
    void shiftLeft(int bits) {
        long out = Limbs.shiftLeft(limbs, limbs, size, bits);
        if (out != 0) {
            limbs[size++] = out;
        }
    }

    /** this = this / 2 for an even number. */
    void half() {
        if (size > 0) {
            Limbs.shiftRight(limbs, limbs, size, 1);
            size = Limbs.trim(limbs, size);
        }
    }

    /** this = this - word * x, where word is signed; x is another register. */
    void subtractMultiple(Register x, long word) {
        long magnitude = Math.abs(word);
        if (x.size == 0 || word == 0) {
            return;
        }
        boolean subtracts = negative == (x.negative ^ word < 0);
        extendWithZeros(Math.max(size, x.size) + 1);
        if (!subtracts) {
            addAbove(x.size, Limbs.addMultiple(limbs, 0, x.limbs, x.size, magnitude));
        } else if (subtractAbove(x.size, Limbs.subtractMultiple(limbs, 0, x.limbs, x.size, magnitude))) {
            complement();
            negative = !negative;
        }
        size = Limbs.trim(limbs, size);
        if (size == 0) {
            negative = false;
        }
    }

    private void extendWithZeros(int newSize) {
        clearUpTo(newSize);
        size = newSize;
    }

    private void addAbove(int from, long carry) {
        long c = carry;
        for (int i = from; c != 0; i++) {
            long s = limbs[i] + c;
            c = Limbs.borrow(s, c);
            limbs[i] = s;
        }
    }

    private boolean subtractAbove(int from, long borrow) {
        long c = borrow;
        for (int i = from; i < size && c != 0; i++) {
            long s = limbs[i];
            limbs[i] = s - c;
            c = Limbs.borrow(s, c);
        }
        return c != 0;
    }

    private void complement() {
        long carry = 1;
        for (int i = 0; i < size; i++) {
            limbs[i] = ~limbs[i] + carry;
            carry = carry != 0 && limbs[i] == 0 ? 1 : 0;
        }
    }
}
