// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Runs the benchmarks named on the command line, or all of them. */
public final class Main {
    private static final int UNKNOWN_NAME = 1;
    private static final int MEASUREMENT_FAILED = 2;

    private Main() {}

    /** Exit code 0 when everything ran, 1 for an unknown name, 2 when a benchmark failed. */
    public static void main(String[] args) {
        List<Benchmark> known = ServiceLoader.load(Benchmark.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Benchmark::name))
                .toList();
        System.exit(run(List.of(args), known, System.out, System.err));
    }

    static int run(List<String> names, List<Benchmark> known, PrintStream out, PrintStream err) {
        List<Benchmark> chosen = new ArrayList<>();
        for (String name : names) {
            List<Benchmark> found =
                    known.stream().filter(b -> b.name().equals(name)).toList();
            if (found.isEmpty()) {
                err.println("bench: no benchmark '" + name + "'. Known: "
                        + known.stream().map(Benchmark::name).collect(Collectors.joining(", ")));
                return UNKNOWN_NAME;
            }
            chosen.addAll(found);
        }
        Figures figures = new Figures(out);
        for (Benchmark benchmark : names.isEmpty() ? known : chosen) {
            try {
                benchmark.run(figures);
            } catch (Exception e) {
                err.println("bench: " + benchmark.name() + " failed: " + e);
                return MEASUREMENT_FAILED;
            }
        }
        return 0;
    }
}
