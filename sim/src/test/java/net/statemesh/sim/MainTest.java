// SPDX-License-Identifier: Apache-2.0
package net.statemesh.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Long> seedsOfFirst = new ArrayList<>();

    @Test
    void runsTheDefaultNumberOfSeedsOfEverySimulation() {
        assertThat(run()).isZero();
        assertThat(seedsOfFirst).containsExactly(1L, 2L, 3L);
        assertThat(lines(out)).endsWith("6 passed, 0 failed");
    }

    @Test
    void oneSeedIsReplayedAlone() {
        assertThat(run("first", "--seed", "77")).isZero();
        assertThat(seedsOfFirst).containsExactly(77L);
        assertThat(lines(out)).containsExactly("first 1/1: seed 77: fine", "1 passed, 0 failed");
    }

    @Test
    void seedsFollowTheFirstOne() {
        assertThat(run("first", "--seed", "5", "--seeds", "2")).isZero();
        assertThat(seedsOfFirst).containsExactly(5L, 6L);
    }

    @Test
    void failureNamesSeedAndReplay() {
        assertThat(run("odd", "--seeds", "2")).isEqualTo(2);
        assertThat(lines(out))
                .contains("odd seed 1 FAILED: step 3: odd", "  replay: ./build sim odd --seed 1")
                .endsWith("1 passed, 1 failed");
    }

    @Test
    void crashOfTheSimulatedWorldIsAFailureOfItsSeed() {
        assertThat(run("crash", "--seed", "9")).isEqualTo(2);
        assertThat(lines(out).getFirst()).contains("crash seed 9 FAILED", "IllegalStateException: broken", "MainTest");
    }

    @Test
    void requestsThatCannotBeMetSayWhatCan() {
        assertThat(run("nobody")).isEqualTo(1);
        assertThat(run("--seeds", "many")).isEqualTo(1);
        assertThat(run("--seeds")).isEqualTo(1);
        assertThat(run("--fast")).isEqualTo(1);
        assertThat(lines(err)).hasSize(4);
        assertThat(lines(err).get(0)).isEqualTo("sim: no simulation 'nobody'. Known: first, second");
        assertThat(lines(err).get(1)).contains("from 1 to 2147483647, not 'many'", "usage: ./build sim");
        assertThat(lines(err).get(2)).contains("not 'nothing'");
        assertThat(lines(err).get(3)).contains("no option '--fast'");
        assertThat(lines(out)).isEmpty();
    }

    private int run(String... arguments) {
        List<String> asked = List.of(arguments);
        List<Simulation> known = new ArrayList<>();
        known.add(simulation("first", seed -> {
            seedsOfFirst.add(seed);
            return new Simulation.Outcome.Held("fine");
        }));
        known.add(simulation("second", seed -> new Simulation.Outcome.Held("also fine")));
        if (asked.contains("odd")) {
            known.add(simulation(
                    "odd",
                    seed -> seed % 2 == 1
                            ? new Simulation.Outcome.Violated("step 3: odd")
                            : new Simulation.Outcome.Held("even")));
        }
        if (asked.contains("crash")) {
            known.add(simulation("crash", seed -> {
                throw new IllegalStateException("broken");
            }));
        }
        return Main.run(asked, known, stream(out), stream(err));
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static Simulation simulation(String name, LongFunction<Simulation.Outcome> body) {
        return new Simulation() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int defaultSeeds() {
                return 3;
            }

            @Override
            public Outcome run(long seed) {
                return body.apply(seed);
            }
        };
    }
}
