// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.nio.ByteBuffer;

/**
 * The bytes of a proof. Version 1: u8 version | u16 discriminant bits | u64 squarings | u8 key length | key | y | π, big-endian, forms as in
 * {@link FormCodec}. {@code docs/vdf.md} has the table.
 */
final class Proof {
    static final byte VERSION = 1;
    static final int FIXED_BYTES = 1 + Short.BYTES + Long.BYTES + 1;

    private Proof() {}

    /** Length of a proof of a statement. */
    static int length(Statement statement) {
        return FIXED_BYTES
                + statement.keyLength()
                + 2 * FormCodec.length(statement.discriminant().bits());
    }

    static int outputOffset(Statement statement) {
        return FIXED_BYTES + statement.keyLength();
    }

    static byte[] encode(Statement statement, byte[] output, byte[] pi) {
        ByteBuffer out = ByteBuffer.allocate(length(statement));
        out.put(VERSION);
        out.putShort((short) statement.discriminant().bits());
        out.putLong(statement.squarings());
        out.put((byte) statement.keyLength());
        statement.writeKey(out);
        out.put(output);
        out.put(pi);
        return out.array();
    }

    /** Whether these bytes have the length and the head of a proof of this statement. */
    static boolean isAbout(Statement statement, byte[] proof) {
        if (proof.length != length(statement)) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(proof);
        return in.get() == VERSION
                && in.getShort() == (short) statement.discriminant().bits()
                && in.getLong() == statement.squarings()
                && (in.get() & 0xff) == statement.keyLength()
                && statement.hasKey(proof, FIXED_BYTES, statement.keyLength());
    }
}
