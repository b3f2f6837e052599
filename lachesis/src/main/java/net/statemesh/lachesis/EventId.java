// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Identity of an event: 32 bytes, big-endian in four words. The first word is epoch and Lamport time, so that ids sort by epoch, then
 * Lamport time, then hash; the other three are the tail of a hash that the application chooses.
 */
public record EventId(long prefix, long hash1, long hash2, long hash3) implements Comparable<EventId> {
    public static final int SIZE_BYTES = 32;

    /** The id of an event at this place; {@code hash} holds at least 24 bytes, of which the first 24 count. */
    public static EventId of(int epoch, int lamport, byte[] hash) {
        ByteBuffer words = ByteBuffer.wrap(hash);
        return new EventId(prefix(epoch, lamport), words.getLong(), words.getLong(), words.getLong());
    }

    /** Reads the next 32 bytes. */
    public static EventId read(ByteBuffer bytes) {
        return new EventId(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    static long prefix(int epoch, int lamport) {
        return ((long) epoch << Integer.SIZE) | Integer.toUnsignedLong(lamport);
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(SIZE_BYTES)
                .putLong(prefix)
                .putLong(hash1)
                .putLong(hash2)
                .putLong(hash3)
                .array();
    }

    public int epoch() {
        return (int) (prefix >>> Integer.SIZE);
    }

    public int lamport() {
        return (int) prefix;
    }

    /** Order of the bytes, unsigned. */
    @Override
    public int compareTo(EventId other) {
        int order = Long.compareUnsigned(prefix, other.prefix);
        order = order != 0 ? order : Long.compareUnsigned(hash1, other.hash1);
        order = order != 0 ? order : Long.compareUnsigned(hash2, other.hash2);
        return order != 0 ? order : Long.compareUnsigned(hash3, other.hash3);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes());
    }
}
