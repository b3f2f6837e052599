// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.statemesh.evm.type.Bytes;
import net.statemesh.vdf.Statement;

/** Writes the input of the VDF precompile as its table has it. */
final class VdfInputs {
    private VdfInputs() {}

    static Bytes of(Statement statement, byte[] proof) {
        int bits = statement.discriminant().bits();
        int half = (bits + 15) / 16;
        byte[] key = statement.key();
        ByteBuffer out = ByteBuffer.allocate(2 + (bits + 7) / 8 + 2 * half + 8 + 1 + key.length + proof.length);
        out.putShort((short) bits);
        out.put(fixed(statement.discriminant().absolute(), (bits + 7) / 8));
        out.put(fixed(statement.input().a(), half));
        out.put(fixed(statement.input().b().subtract(BigInteger.ONE).shiftRight(1), half));
        out.putLong(statement.squarings());
        out.put((byte) key.length);
        out.put(key);
        out.put(proof);
        return Bytes.wrap(out.array());
    }

    private static byte[] fixed(BigInteger value, int length) {
        byte[] out = new byte[length];
        byte[] bytes = value.toByteArray();
        if (value.signum() < 0) {
            Arrays.fill(out, (byte) 0xff);
        }
        int used = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - used, out, length - used, used);
        return out;
    }
}
