// SPDX-License-Identifier: Apache-2.0
package net.statemesh.anvil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random programs, run by anvil and by evm: the same status, gas and logs of every transaction, the same balance, nonce, code and storage of
 * every account. {@code -Dprograms=N -Dseed=S} choose how many and which; {@code -Drecord=FILE} keeps the first block and its results.
 */
@Tag("acceptance")
class AnvilDifferentialTest {
    private static final int PROGRAMS = Integer.getInteger("programs", 2_000);
    private static final long SEED = Long.getLong("seed", 20_261_122);
    private static final @Nullable String RECORD = System.getProperty("record");
    private static final int PROGRAMS_PER_BLOCK = 40;
    /** Anvil gets slower with every block that it keeps, so none keeps many. */
    private static final int BLOCKS_PER_CHAIN = 20;

    private static final Path CACHE = Path.of(System.getProperty("statemesh.root"), ".build");

    private final Random random = new Random(SEED);

    @Test
    void randomProgramsDoTheSame() throws Exception {
        int blocks = Math.ceilDiv(PROGRAMS, PROGRAMS_PER_BLOCK);
        int failures = 0;
        for (int first = 0; first < blocks; first += BLOCKS_PER_CHAIN) {
            failures += chain(first, Math.min(first + BLOCKS_PER_CHAIN, blocks));
        }
        int programs = blocks * PROGRAMS_PER_BLOCK;
        System.out.println("evm and anvil: " + programs + " programs from seed " + SEED + ", " + failures
                + " of their transactions failed, all alike");
        assertThat(failures)
                .as("a fuzz whose programs never fail, or always, finds little")
                .isBetween(programs / 50, programs * 9 / 10);
    }

    private int chain(int first, int end) throws Exception {
        try (Anvil anvil = Anvil.start(CACHE)) {
            Comparison comparison = new Comparison(anvil, random, "seed " + SEED);
            for (int block = first; block < end; block++) {
                comparison.block(block, PROGRAMS_PER_BLOCK, block == 0 && RECORD != null ? Path.of(RECORD) : null);
            }
            return comparison.failures();
        }
    }
}
