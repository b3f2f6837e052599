// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Random;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Word;
import org.junit.jupiter.api.Test;

class SignatureRecoveryTest {
    private static final long SEED = 20_261_122;
    private static final Word ORDER = Word.ofHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    private static final int ROUNDS = 300;

    @Test
    void findsTheSignerOfAKnownSignature() {
        Optional<Address> signer = new JavaSignatureRecovery()
                .recover(
                        Word.ofHex("456e9aea5e197a1f1af7a3e85a3212fa4049a3ba34c2289b4c860fc0b0c64ef3"),
                        1,
                        Word.ofHex("9242685bf161793cc25603c231bc2f568eb630ea16aa137d2664ac8038825608"),
                        Word.ofHex("4f8ae3bd7535248d0bd448298cc2e2071e56992d0774dc340c368ae950852ada"));
        assertThat(signer).contains(Address.ofHex("0x7156526fbd7a3c72969b54f64e42c10fbb768c8a"));
    }

    /** The fastest is the native one where libsecp256k1 is installed. */
    @Test
    void bothWaysGiveTheSameForGoodAndBadNumbers() {
        Random random = new Random(SEED);
        SignatureRecovery java = new JavaSignatureRecovery();
        SignatureRecovery fastest = SignatureRecovery.fastest();
        int found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Word hash = number(random);
            Word r = number(random);
            Word s = number(random);
            Optional<Address> signer = java.recover(hash, i & 1, r, s);
            assertThat(fastest.recover(hash, i & 1, r, s))
                    .as("hash %s, parity %d, r %s, s %s", hash, i & 1, r, s)
                    .isEqualTo(signer);
            found += signer.isPresent() ? 1 : 0;
        }
        assertThat(found).isBetween(ROUNDS / 5, ROUNDS * 4 / 5);
    }

    private static Word number(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Word.ZERO;
            case 1 -> ORDER;
            case 2 -> ORDER.minus(Word.ONE);
            case 3 -> Word.of(1 + random.nextInt(5));
            default -> Word.of(new BigInteger(256, random));
        };
    }
}
