// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("simulation")
class WorldTest {
    private static final int SEEDS = 30;
    private static final int NODES = 60;
    private static final int WARM_MILLIS = World.WARM_UP_MILLIS;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void deathsAreFoundNobodyIsCalledDeadWronglyAndNothingIsHeldTwice(long seed) {
        assertThat(World.run(Scenarios.turbulent(seed, NODES))).isInstanceOf(Ending.Held.class);
    }

    @ParameterizedTest(name = "{0} nodes")
    @ValueSource(ints = {3, 4, 7})
    void smallZonesHoldToo(int nodes) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(World.run(Scenarios.contested(seed, nodes, true))).isInstanceOf(Ending.Held.class);
        }
    }

    @Test
    void theSameSeedDoesTheSameStepByStep() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(World.run(Scenarios.turbulent(seed, NODES)))
                    .isEqualTo(World.run(Scenarios.turbulent(seed, NODES)));
        }
    }

    @Test
    void withoutFencingTheCheckerSeesWhatIsHeldTwice() {
        Set<Ending.Violation> seen = EnumSet.noneOf(Ending.Violation.class);
        int moved = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            if (World.run(Scenarios.contested(seed, NODES, false)) instanceof Ending.Broken broken) {
                seen.add(broken.kind());
            }
            moved += held(Scenarios.contested(seed, NODES, true)).moved();
        }
        assertThat(seen).containsExactly(Ending.Violation.HELD_TWICE);
        assertThat(moved).isPositive();
    }

    @Test
    void seedsCoverEverythingThatCanGoWrong() {
        Set<Class<?>> faults = new HashSet<>();
        int deaths = 0;
        int moved = 0;
        int withheld = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Scenario scenario = Scenarios.turbulent(seed, NODES);
            scenario.faults().forEach(fault -> faults.add(fault.getClass()));
            Ending.Statistics statistics = held(scenario);
            deaths += statistics.deaths();
            moved += statistics.moved();
            withheld += statistics.withheld();
        }
        assertThat(faults).hasSize(Scenario.Fault.class.getPermittedSubclasses().length);
        assertThat(List.of(deaths, moved, withheld))
                .allSatisfy(count -> assertThat(count).isGreaterThan(5));
    }

    @Test
    void aCutLinkToTheMasterKillsNothingForTenMinutes() {
        assertThat(held(calm(10, 630_000, new Scenario.Fault.LinkCut(3, true, true, WARM_MILLIS, 610_000)))
                        .verdicts())
                .isZero();
    }

    @Test
    void anAgentThatIsAwayForFiveMinutesKillsNothing() {
        assertThat(held(calm(3, 330_000, new Scenario.Fault.AgentCrash(2, false, WARM_MILLIS, 310_000)))
                        .verdicts())
                .isZero();
    }

    @Test
    void aMasterThatIsAwayForFiveMinutesKillsNothingAndMovesNothing() {
        Ending.Statistics crash = held(calm(10, 330_000, new Scenario.Fault.MasterCrash(WARM_MILLIS, 310_000)));
        Ending.Statistics stall = held(calm(10, 330_000, new Scenario.Fault.MasterStall(WARM_MILLIS, 310_000)));
        assertThat(List.of(crash, stall)).allSatisfy(statistics -> {
            assertThat(statistics.verdicts()).isZero();
            assertThat(statistics.moved()).isZero();
        });
    }

    @Test
    void aMasterThatLostItsNetworkKillsNothing() {
        List<Integer> everybody = IntStream.rangeClosed(1, 10).boxed().toList();
        Ending.Statistics statistics =
                held(calm(10, 90_000, new Scenario.Fault.Partition(everybody, WARM_MILLIS, 70_000)));
        assertThat(statistics.verdicts()).isZero();
        assertThat(statistics.withheld()).isPositive();
    }

    @Test
    void aNodeThatDiesBehindACutLinkIsFound() {
        Ending.Statistics statistics = held(calm(
                10,
                60_000,
                new Scenario.Fault.LinkCut(3, true, true, WARM_MILLIS, 50_000),
                new Scenario.Fault.PowerLoss(3, 30_000, 60_000)));
        assertThat(statistics.deaths()).isOne();
    }

    @Test
    void halfOfTheZoneMayDieAtOnce() {
        Scenario.Fault[] outage = IntStream.rangeClosed(1, 10)
                .mapToObj(node -> new Scenario.Fault.PowerLoss(node, WARM_MILLIS, 60_000))
                .toArray(Scenario.Fault[]::new);
        Ending.Statistics statistics = held(calm(20, 60_000, outage));
        assertThat(statistics.deaths()).isEqualTo(10);
        assertThat(statistics.moved()).isPositive();
    }

    private static Ending.Statistics held(Scenario scenario) {
        Ending ending = World.run(scenario);
        assertThat(ending).isInstanceOf(Ending.Held.class);
        return ((Ending.Held) ending).statistics();
    }

    private static Scenario calm(int nodes, int durationMillis, Scenario.Fault... faults) {
        return new Scenario(
                1, nodes, nodes, true, new Scenario.Weather(1, 20, 100, 5, 50), durationMillis, List.of(faults));
    }
}
