// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.type;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * An account's 20 bytes.
 *
 * @param high the first 4 bytes
 * @param middle the next 8
 * @param low the last 8
 */
public record Address(int high, long middle, long low) implements Comparable<Address> {
    public static final int BYTES = 20;
    public static final Address ZERO = new Address(0, 0, 0);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** The 20 bytes at {@code offset}. */
    public static Address read(byte[] bytes, int offset) {
        return new Address((int) INTS.get(bytes, offset), (long) LONGS.get(bytes, offset + 4), (long)
                LONGS.get(bytes, offset + 12));
    }

    /** The last 20 bytes of a word. */
    public static Address of(Word word) {
        return new Address((int) word.w2(), word.w1(), word.w0());
    }

    /** The last 20 bytes of the word whose least significant long is {@code limbs[offset]}. */
    public static Address load(long[] limbs, int offset) {
        return new Address((int) limbs[offset + 2], limbs[offset + 1], limbs[offset]);
    }

    /** 40 digits, with or without 0x. */
    public static Address ofHex(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(hex + " has " + bytes.length + " bytes; an address has " + BYTES);
        }
        return read(bytes, 0);
    }

    public void write(byte[] out, int offset) {
        INTS.set(out, offset, high);
        LONGS.set(out, offset + 4, middle);
        LONGS.set(out, offset + 12, low);
    }

    /** As a word of an array of words. */
    public void store(long[] limbs, int offset) {
        limbs[offset] = low;
        limbs[offset + 1] = middle;
        limbs[offset + 2] = high & 0xffff_ffffL;
        limbs[offset + 3] = 0;
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        write(bytes, 0);
        return bytes;
    }

    public Word toWord() {
        return new Word(0, high & 0xffff_ffffL, middle, low);
    }

    @Override
    public int compareTo(Address other) {
        int order = Integer.compareUnsigned(high, other.high);
        order = order != 0 ? order : Long.compareUnsigned(middle, other.middle);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    @Override
    public int hashCode() {
        return Word.hash(0, high, middle, low);
    }

    /** 0x and 40 lower-case digits. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(toBytes());
    }
}
