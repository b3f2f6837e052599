// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.statemesh.evm.type.Word;
import org.bouncycastle.jcajce.provider.digest.Keccak;
import org.junit.jupiter.api.Test;

class Keccak256Test {
    private static final long SEED = 20_261_122;
    private static final int LONGEST_BYTES = 600;

    @Test
    void agreesWithBouncyCastleAtEveryLengthAndOffset() {
        Random random = new Random(SEED);
        byte[] input = new byte[LONGEST_BYTES + 16];
        random.nextBytes(input);
        for (int length = 0; length <= LONGEST_BYTES; length++) {
            int offset = random.nextInt(16);
            byte[] expected = new Keccak.Digest256().digest(Arrays.copyOfRange(input, offset, offset + length));
            assertThat(Keccak256.hash(input, offset, length))
                    .as("%d bytes at %d", length, offset)
                    .isEqualTo(Word.read(expected, 0));
        }
    }

    @Test
    void hashOfNothingIsTheKnownOne() {
        assertThat(Keccak256.EMPTY)
                .isEqualTo(Word.ofHex("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"));
    }
}
