// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.nio.ByteBuffer;

/**
 * The bytes of a proof. Version 1: u8 version | u16 discriminant bits | u64 squarings | u8 key length | key | u16 number of the challenge | y | π,
 * big-endian, forms as in {@link FormCodec}. {@code docs/vdf.md} has the table.
 */
final class Proof {
    static final byte VERSION = 1;
    static final int KEY_OFFSET = 1 + Short.BYTES + Long.BYTES + 1;

    private Proof() {}

    /** Length of a proof over a discriminant of so many bits, with a key of so many bytes. */
    static int length(int discriminantBits, int keyLength) {
        return KEY_OFFSET + keyLength + Short.BYTES + 2 * FormCodec.length(discriminantBits);
    }

    static int challengeOffset(Statement statement) {
        return KEY_OFFSET + statement.keyLength();
    }

    static int outputOffset(Statement statement) {
        return challengeOffset(statement) + Short.BYTES;
    }

    static byte[] encode(Statement statement, int challengeNumber, byte[] output, byte[] pi) {
        ByteBuffer out = ByteBuffer.allocate(length(statement.discriminant().bits(), statement.keyLength()));
        out.put(VERSION);
        out.putShort((short) statement.discriminant().bits());
        out.putLong(statement.squarings());
        out.put((byte) statement.keyLength());
        statement.writeKey(out);
        out.putShort((short) challengeNumber);
        out.put(output);
        out.put(pi);
        return out.array();
    }

    /** Whether these bytes have the length and the head of a proof of this statement. */
    static boolean isAbout(Statement statement, byte[] proof) {
        if (proof.length != length(statement.discriminant().bits(), statement.keyLength())) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(proof);
        return in.get() == VERSION
                && in.getShort() == (short) statement.discriminant().bits()
                && in.getLong() == statement.squarings()
                && (in.get() & 0xff) == statement.keyLength()
                && statement.hasKey(proof, KEY_OFFSET, statement.keyLength());
    }

    static int challengeNumber(Statement statement, byte[] proof) {
        return ByteBuffer.wrap(proof).getShort(challengeOffset(statement)) & 0xffff;
    }
}
