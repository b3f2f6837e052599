// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import net.statemesh.evm.type.Word;

/**
 * Keccak-256 as submitted to the SHA-3 competition (padding byte 0x01), the hash of Ethereum. Source: Bertoni, Daemen, Peeters, Van Assche,
 * "The Keccak reference", version 3.0 (2011).
 */
public final class Keccak256 {
    /** Hash of no bytes. */
    public static final Word EMPTY = hash(new byte[0]);

    private static final int RATE_BYTES = 136;
    private static final int RATE_LANES = RATE_BYTES / Long.BYTES;
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Keccak256() {}

    public static Word hash(byte[] input) {
        return hash(input, 0, input.length);
    }

    public static Word hash(byte[] input, int offset, int length) {
        long[] state = new long[KeccakPermutation.LANES];
        int position = offset;
        int left = length;
        while (left >= RATE_BYTES) {
            for (int lane = 0; lane < RATE_LANES; lane++) {
                state[lane] ^= (long) LITTLE_ENDIAN.get(input, position + lane * Long.BYTES);
            }
            KeccakPermutation.permute(state);
            position += RATE_BYTES;
            left -= RATE_BYTES;
        }
        absorbLast(state, input, position, left);
        KeccakPermutation.permute(state);
        return new Word(
                Long.reverseBytes(state[0]),
                Long.reverseBytes(state[1]),
                Long.reverseBytes(state[2]),
                Long.reverseBytes(state[3]));
    }

    private static void absorbLast(long[] state, byte[] input, int offset, int length) {
        int lane = 0;
        int position = 0;
        for (; position + Long.BYTES <= length; position += Long.BYTES) {
            state[lane++] ^= (long) LITTLE_ENDIAN.get(input, offset + position);
        }
        long last = 0;
        for (int shift = 0; position < length; position++, shift += Byte.SIZE) {
            last |= (input[offset + position] & 0xffL) << shift;
        }
        state[lane] ^= last | (1L << ((length & 7) * Byte.SIZE));
        state[RATE_LANES - 1] ^= 1L << 63;
    }
}
