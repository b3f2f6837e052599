// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.type;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * 256 bits: an unsigned number, a hash or a storage key.
 *
 * @param w3 most significant 64 bits
 * @param w0 least significant 64 bits
 */
public record Word(long w3, long w2, long w1, long w0) implements Comparable<Word> {
    /** Length of the big-endian form. */
    public static final int BYTES = 32;
    /** Longs in a word; arrays of words hold the least significant long first. */
    public static final int LIMBS = 4;

    public static final Word ZERO = new Word(0, 0, 0, 0);
    public static final Word ONE = new Word(0, 0, 0, 1);

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** An unsigned long. */
    public static Word of(long value) {
        return value == 0 ? ZERO : new Word(0, 0, 0, value);
    }

    /**
     * A number of up to 256 bits.
     *
     * @throws IllegalArgumentException when the value is negative or longer
     */
    public static Word of(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > Long.SIZE * LIMBS) {
            throw new IllegalArgumentException(value + " is not an unsigned number of 256 bits");
        }
        return new Word(
                value.shiftRight(192).longValue(),
                value.shiftRight(128).longValue(),
                value.shiftRight(64).longValue(),
                value.longValue());
    }

    /** The 32 big-endian bytes at {@code offset}. */
    public static Word read(byte[] bytes, int offset) {
        return new Word(
                (long) BIG_ENDIAN.get(bytes, offset),
                (long) BIG_ENDIAN.get(bytes, offset + 8),
                (long) BIG_ENDIAN.get(bytes, offset + 16),
                (long) BIG_ENDIAN.get(bytes, offset + 24));
    }

    /** A big-endian number of up to 32 bytes. */
    public static Word ofBytes(byte[] bytes) {
        if (bytes.length > BYTES) {
            throw new IllegalArgumentException(bytes.length + " bytes do not fit a word of " + BYTES);
        }
        byte[] padded = new byte[BYTES];
        System.arraycopy(bytes, 0, padded, BYTES - bytes.length, bytes.length);
        return read(padded, 0);
    }

    /** A hexadecimal number of up to 64 digits, with or without 0x. */
    public static Word ofHex(String hex) {
        return of(new BigInteger(hex.startsWith("0x") ? "0" + hex.substring(2) : hex, 16));
    }

    /** The word whose least significant long is {@code limbs[offset]}. */
    public static Word load(long[] limbs, int offset) {
        return new Word(limbs[offset + 3], limbs[offset + 2], limbs[offset + 1], limbs[offset]);
    }

    public void store(long[] limbs, int offset) {
        limbs[offset] = w0;
        limbs[offset + 1] = w1;
        limbs[offset + 2] = w2;
        limbs[offset + 3] = w3;
    }

    /** Writes the 32 big-endian bytes. */
    public void write(byte[] out, int offset) {
        BIG_ENDIAN.set(out, offset, w3);
        BIG_ENDIAN.set(out, offset + 8, w2);
        BIG_ENDIAN.set(out, offset + 16, w1);
        BIG_ENDIAN.set(out, offset + 24, w0);
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        write(bytes, 0);
        return bytes;
    }

    public BigInteger toBigInteger() {
        return new BigInteger(1, toBytes());
    }

    public boolean isZero() {
        return (w0 | w1 | w2 | w3) == 0;
    }

    /** Whether the value is at most 2^63 - 1. */
    public boolean fitsLong() {
        return (w1 | w2 | w3) == 0 && w0 >= 0;
    }

    /** Modulo 2^256. */
    public Word plus(Word other) {
        long r0 = w0 + other.w0;
        long c0 = carry(w0, other.w0, r0);
        long s1 = w1 + other.w1;
        long r1 = s1 + c0;
        long c1 = carry(w1, other.w1, s1) | carry(s1, c0, r1);
        long s2 = w2 + other.w2;
        long r2 = s2 + c1;
        long c2 = carry(w2, other.w2, s2) | carry(s2, c1, r2);
        return new Word(w3 + other.w3 + c2, r2, r1, r0);
    }

    /** Modulo 2^256. */
    public Word minus(Word other) {
        return plus(new Word(~other.w3, ~other.w2, ~other.w1, ~other.w0)).plus(ONE);
    }

    private static long carry(long a, long b, long sum) {
        return ((a & b) | ((a | b) & ~sum)) >>> 63;
    }

    /** Unsigned. */
    @Override
    public int compareTo(Word other) {
        int order = Long.compareUnsigned(w3, other.w3);
        order = order != 0 ? order : Long.compareUnsigned(w2, other.w2);
        order = order != 0 ? order : Long.compareUnsigned(w1, other.w1);
        return order != 0 ? order : Long.compareUnsigned(w0, other.w0);
    }

    @Override
    public int hashCode() {
        return hash(w3, w2, w1, w0);
    }

    /** The hash of a word that is not an object yet; counters and hashes both spread well. */
    public static int hash(long w3, long w2, long w1, long w0) {
        long mixed = w0 + 31 * (w1 + 31 * (w2 + 31 * w3));
        mixed *= 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32);
    }

    /** 0x and 64 digits. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(toBytes());
    }
}
