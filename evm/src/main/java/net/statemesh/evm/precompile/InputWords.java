// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import java.util.Arrays;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** Reads input as if zeros without end followed it. */
final class InputWords {
    private InputWords() {}

    static Word word(Bytes input, int offset) {
        return Word.read(bytes(input, offset, Word.BYTES), 0);
    }

    static byte[] bytes(Bytes input, long offset, int length) {
        if (offset >= input.size()) {
            return new byte[length];
        }
        byte[] there = Arrays.copyOfRange(input.shared(), (int) offset, (int) Math.min(input.size(), offset + length));
        return there.length == length ? there : Arrays.copyOf(there, length);
    }
}
