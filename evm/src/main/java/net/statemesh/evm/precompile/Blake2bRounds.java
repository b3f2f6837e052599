// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import net.statemesh.evm.crypto.Blake2bCompression;
import net.statemesh.evm.type.Bytes;

/** Address 9, EIP-152. Input: u32 rounds, then in little-endian order the state, the block, two offset counters; last a flag of 0 or 1. */
final class Blake2bRounds implements Precompile {
    private static final int INPUT_BYTES = 213;
    private static final int FLAG_AT = INPUT_BYTES - 1;

    @Override
    public long gas(Bytes input) {
        return input.size() == INPUT_BYTES ? Integer.toUnsignedLong(rounds(input)) : 0;
    }

    @Override
    public Optional<Bytes> run(Bytes input) {
        if (input.size() != INPUT_BYTES || (input.at(FLAG_AT) & 0xff) > 1) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(input.shared()).order(ByteOrder.LITTLE_ENDIAN);
        in.position(Integer.BYTES);
        long[] state = longs(in, Blake2bCompression.STATE_WORDS);
        long[] block = longs(in, Blake2bCompression.BLOCK_WORDS);
        long offset0 = in.getLong();
        long offset1 = in.getLong();
        Blake2bCompression.compress(rounds(input), state, block, offset0, offset1, input.at(FLAG_AT) == 1);
        ByteBuffer out = ByteBuffer.allocate(state.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long each : state) {
            out.putLong(each);
        }
        return Optional.of(Bytes.wrap(out.array()));
    }

    private static int rounds(Bytes input) {
        return ByteBuffer.wrap(input.shared()).getInt();
    }

    private static long[] longs(ByteBuffer in, int count) {
        long[] longs = new long[count];
        for (int i = 0; i < count; i++) {
            longs[i] = in.getLong();
        }
        return longs;
    }
}
