// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.precompile;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import net.statemesh.vdf.Backend;
import net.statemesh.vdf.Discriminant;
import net.statemesh.vdf.Evaluation;
import net.statemesh.vdf.Form;
import net.statemesh.vdf.Statement;
import org.junit.jupiter.api.Test;

class VdfVerificationTest {
    private static final Discriminant DISCRIMINANT =
            Discriminant.fromSeed("evm".getBytes(StandardCharsets.US_ASCII), 256);
    private static final long SQUARINGS = 300;
    private static final byte[] KEY = {7, 7, 7};
    private static final long SEED = 20_261_122;

    private final VdfVerification precompile = new VdfVerification(List.of(DISCRIMINANT));

    @Test
    void trueProofGivesOne() {
        assertThat(run(input())).isEqualTo(Word.ONE);
    }

    @Test
    void inputsWithANegativeMiddleAreRead() {
        Form inverse = new Form(
                BigInteger.TWO,
                BigInteger.ONE.negate(),
                DISCRIMINANT.generator().c());
        Statement statement = new Statement(DISCRIMINANT, inverse, SQUARINGS, KEY);
        assertThat(run(VdfInputs.of(statement, proof(statement)))).isEqualTo(Word.ONE);
    }

    @Test
    void everyByteCounts() {
        byte[] input = input().toArray();
        for (int i = 0; i < input.length; i++) {
            byte[] changed = input.clone();
            changed[i] ^= 1;
            assertThat(run(Bytes.wrap(changed))).as("byte %d", i).isEqualTo(Word.ZERO);
        }
    }

    @Test
    void cutOffAndRandomInputsGiveZero() {
        Random random = new Random(SEED);
        byte[] input = input().toArray();
        for (int length = 0; length < input.length; length++) {
            assertThat(run(Bytes.wrap(Arrays.copyOf(input, length)))).isEqualTo(Word.ZERO);
            byte[] noise = new byte[length];
            random.nextBytes(noise);
            if (length > 1) {
                noise[0] = 0; // a short discriminant, so that more of the bytes are looked at
            }
            assertThat(run(Bytes.wrap(noise))).isEqualTo(Word.ZERO);
        }
    }

    @Test
    void unknownDiscriminantCostsItsPrimalityTest() {
        VdfVerification ignorant = new VdfVerification(List.of());
        assertThat(ignorant.run(input())).isEqualTo(Optional.of(Bytes.wrap(Word.ONE.toBytes())));
        assertThat(ignorant.gas(input())).isGreaterThan(precompile.gas(input()));
    }

    private Word run(Bytes input) {
        assertThat(precompile.gas(input)).isPositive();
        return Word.read(precompile.run(input).orElseThrow().shared(), 0);
    }

    private static Bytes input() {
        Statement statement = new Statement(DISCRIMINANT, DISCRIMINANT.generator(), SQUARINGS, KEY);
        return VdfInputs.of(statement, proof(statement));
    }

    private static byte[] proof(Statement statement) {
        Evaluation evaluation = Evaluation.start(statement, Backend.fastest());
        evaluation.advance(SQUARINGS);
        return evaluation.prove().finish();
    }
}
