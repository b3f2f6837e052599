// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void runsOnlyTheNamedBenchmark() {
        assertThat(run(List.of("second"))).isZero();
        assertThat(out).hasToString("second-speed 1234 things/s\n");
    }

    @Test
    void runsAllWithoutNames() {
        assertThat(run(List.of())).isZero();
        assertThat(out).hasToString("first-speed 1.500 things/s\nsecond-speed 1234 things/s\n");
    }

    @Test
    void unknownNameListsTheKnownOnesAndRunsNothing() {
        assertThat(run(List.of("first", "third"))).isEqualTo(1);
        assertThat(err).hasToString("bench: no benchmark 'third'. Known: first, second\n");
        assertThat(out).hasToString("");
    }

    @Test
    void failingBenchmarkIsNamed() {
        Benchmark failing = benchmark("broken", figures -> {
            throw new IllegalStateException("no such device");
        });
        assertThat(Main.run(List.of(), List.of(failing), stream(out), stream(err)))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("broken", "no such device");
    }

    @Test
    void ratiosSaySoInTheirName() {
        new Figures(stream(out)).ratio("fast-to-slow", 1.25);
        assertThat(out).hasToString("fast-to-slow-ratio 1.250 x\n");
    }

    @Test
    void figureIsThreeWords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Figures(stream(out)).figure("two words", 1, "s"))
                .withMessageContaining("two words");
    }

    private int run(List<String> names) {
        List<Benchmark> known = List.of(
                benchmark("first", figures -> figures.figure("first-speed", 1.5, "things/s")),
                benchmark("second", figures -> figures.figure("second-speed", 1234.4, "things/s")));
        return Main.run(names, known, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private interface Body {
        void run(Figures figures) throws Exception;
    }

    private static Benchmark benchmark(String name, Body body) {
        return new Benchmark() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void run(Figures figures) throws Exception {
                body.run(figures);
            }
        };
    }
}
