// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.leader;

import static net.statemesh.zone.plan.leader.ElectionSimulation.MILLI;
import static net.statemesh.zone.plan.leader.ElectionSimulation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.statemesh.zone.plan.leader.ElectionSimulation.Rule;
import net.statemesh.zone.plan.leader.ElectionSimulation.Weather;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("simulation")
class ElectionSimulationTest {
    private static final int SEEDS = 1000;
    private static final long MINUTE = 60 * SECOND;
    /** The lease, a look, and what is under way: a renewal (50 ms), two looks and a write (100 ms each, there and back). */
    private static final long TAKEN_OVER_WITHIN = 2_400 * MILLI;

    @Test
    void neverTwoLeadersInAnyWeather() {
        int terms = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            ElectionSimulation zone = new ElectionSimulation(seed, 2 + (int) (seed % 2), Weather.STORM, Rule.KEPT);
            for (int i = 0; i < 4; i++) {
                assertThat(zone.run(MINUTE)).as("seed %d", seed).isEmpty();
                zone.killLeader();
                zone.replaceDead();
            }
            terms += zone.terms();
        }
        assertThat(terms).as("leaders that followed each other").isGreaterThan(10 * SEEDS);
    }

    @Test
    void aDeadLeaderIsFollowedInTimeWhenTheNetworkIsFine() {
        for (long seed = 0; seed < SEEDS; seed++) {
            ElectionSimulation zone = new ElectionSimulation(seed, 2, Weather.FINE, Rule.KEPT);
            for (int death = 0; death < 5; death++) {
                assertThat(zone.run(5 * SECOND + (seed * 37 + death * 101) % 1000 * MILLI))
                        .as("seed %d", seed)
                        .isEmpty();
                assertThat(zone.killLeader()).as("somebody led, seed %d", seed).isTrue();
                assertThat(zone.run(TAKEN_OVER_WITHIN)).as("seed %d", seed).isEmpty();
                assertThat(zone.somebodyActs())
                        .as("seed %d, death %d", seed, death)
                        .isTrue();
                zone.replaceDead();
            }
        }
    }

    @Test
    void aLeaderIsNotFollowedWithoutNeedWhenTheNetworkIsFine() {
        for (long seed = 0; seed < SEEDS; seed++) {
            ElectionSimulation zone = new ElectionSimulation(seed, 3, Weather.FINE, Rule.KEPT);
            assertThat(zone.run(10 * MINUTE)).as("seed %d", seed).isEmpty();
            assertThat(zone.terms()).as("seed %d", seed).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Rule.class, names = "KEPT", mode = EnumSource.Mode.EXCLUDE)
    void theCheckerSeesABrokenRule(Rule rule) {
        long caught = LongStream.range(0, SEEDS)
                .filter(seed -> !new ElectionSimulation(seed, 3, Weather.STORM, rule)
                        .run(4 * MINUTE)
                        .isEmpty())
                .count();
        assertThat(caught).as("seeds that show %s", rule).isPositive();
    }
}
