// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("simulation")
class WorldTest {
    private static final int SEEDS = 300;
    private static final int SEEDS_BEYOND = 30;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void honestValidatorsAgreeAndRecover(long seed) {
        assertThat(World.run(Scenarios.tolerable(seed))).isInstanceOf(Verdict.Held.class);
    }

    @Test
    void theSameSeedDoesTheSameStepByStep() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(World.run(Scenarios.tolerable(seed))).isEqualTo(World.run(Scenarios.tolerable(seed)));
        }
    }

    @Test
    void seedsCoverEverythingThatCanGoWrong() {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        int sealed = 0;
        int caught = 0;
        int restarted = 0;
        long rejected = 0;
        for (long seed = 1; seed <= 40; seed++) {
            Scenario scenario = Scenarios.tolerable(seed);
            roles.addAll(scenario.roles().values());
            Verdict.Statistics statistics = ((Verdict.Held) World.run(scenario)).statistics();
            sealed += statistics.epochs() > 1 ? 1 : 0;
            caught += statistics.cheaters() > 0 ? 1 : 0;
            restarted += statistics.restarts() > 0 ? 1 : 0;
            rejected += statistics.rejected();
        }
        assertThat(roles).containsAll(EnumSet.complementOf(EnumSet.of(Role.HONEST)));
        assertThat(List.of(sealed, caught, restarted))
                .allSatisfy(count -> assertThat(count).isGreaterThan(5));
        assertThat(rejected).isPositive();
    }

    @Test
    void withMoreThanAThirdOfByzantineWeightTheCheckerSeesValidatorsDisagree() {
        assertThat(kindsBeyondTolerance(true)).contains(Violation.Kind.AGREEMENT);
    }

    @Test
    void validatorsThatMeetMoreThanAThirdOfByzantineWeightStopInsteadOfDisagreeing() {
        assertThat(kindsBeyondTolerance(false)).containsExactly(Violation.Kind.HALTED);
    }

    private static Set<Violation.Kind> kindsBeyondTolerance(boolean cut) {
        Set<Violation.Kind> kinds = EnumSet.noneOf(Violation.Kind.class);
        for (long seed = 1; seed <= SEEDS_BEYOND; seed++) {
            if (World.run(Scenarios.beyondTolerance(seed, cut)) instanceof Verdict.Broken broken) {
                assertThat(broken.seed()).isEqualTo(seed);
                kinds.add(broken.violation().kind());
            }
        }
        return kinds;
    }
}
