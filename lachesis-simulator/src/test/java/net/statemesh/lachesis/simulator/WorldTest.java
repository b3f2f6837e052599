// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("simulation")
class WorldTest {
    private static final int SEEDS = 300;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void honestValidatorsAgreeAndRecover(long seed) {
        assertThat(World.run(Scenarios.tolerable(seed))).isInstanceOf(Verdict.Held.class);
    }
}
