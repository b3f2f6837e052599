// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.type;

import java.util.Arrays;
import java.util.HexFormat;

/** A byte string that does not change. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of these bytes. */
    public static Bytes copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /** These bytes themselves: the caller gives them away and changes them no more. */
    public static Bytes wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes);
    }

    /** An even number of digits, with or without 0x. */
    public static Bytes ofHex(String hex) {
        return wrap(HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex));
    }

    public int size() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    public byte at(int index) {
        return content[index];
    }

    public byte[] toArray() {
        return content.clone();
    }

    /** The array itself, for reading only. */
    public byte[] shared() {
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** 0x and the digits. */
    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(content);
    }
}
