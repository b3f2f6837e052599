// SPDX-License-Identifier: Apache-2.0
package net.statemesh.sim;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Runs the simulations named on the command line, or all of them, over a row of seeds. */
public final class Main {
    private static final int HELD = 0;
    private static final int BAD_REQUEST = 1;
    private static final int VIOLATED = 2;

    /** Progress is printed about so often per simulation. */
    private static final int PROGRESS_LINES = 10;

    private final PrintStream out;
    private int passed;
    private int failed;

    private Main(PrintStream out) {
        this.out = out;
    }

    /** Exit code 0 when every seed held, 1 for a request that cannot be met, 2 when a seed failed. */
    public static void main(String[] args) {
        List<Simulation> known = ServiceLoader.load(Simulation.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Simulation::name))
                .toList();
        System.exit(run(List.of(args), known, System.out, System.err));
    }

    static int run(List<String> arguments, List<Simulation> known, PrintStream out, PrintStream err) {
        Request request;
        try {
            request = Request.parse(arguments);
        } catch (IllegalArgumentException e) {
            err.println("sim: " + e.getMessage());
            return BAD_REQUEST;
        }
        for (String name : request.names()) {
            if (known.stream().noneMatch(simulation -> simulation.name().equals(name))) {
                err.println("sim: no simulation '" + name + "'. Known: "
                        + known.stream().map(Simulation::name).collect(Collectors.joining(", ")));
                return BAD_REQUEST;
            }
        }
        Main main = new Main(out);
        known.stream()
                .filter(simulation ->
                        request.names().isEmpty() || request.names().contains(simulation.name()))
                .forEach(simulation -> main.runSeeds(simulation, request));
        out.println(main.passed + " passed, " + main.failed + " failed");
        return main.failed == 0 ? HELD : VIOLATED;
    }

    private void runSeeds(Simulation simulation, Request request) {
        int seeds = request.seeds().orElse(simulation.defaultSeeds());
        int every = Math.max(1, seeds / PROGRESS_LINES);
        for (int i = 1; i <= seeds; i++) {
            long seed = request.firstSeed() + i - 1;
            Simulation.Outcome outcome = runSeed(simulation, seed);
            switch (outcome) {
                case Simulation.Outcome.Held held -> {
                    passed++;
                    if (i % every == 0) {
                        out.println(
                                simulation.name() + " " + i + "/" + seeds + ": seed " + seed + ": " + held.summary());
                    }
                }
                case Simulation.Outcome.Violated violated -> {
                    failed++;
                    out.println(simulation.name() + " seed " + seed + " FAILED: " + violated.what());
                    out.println("  replay: ./build sim " + simulation.name() + " --seed " + seed);
                }
            }
        }
    }

    /** A world that breaks down is a failure of its seed, not of the run. */
    private static Simulation.Outcome runSeed(Simulation simulation, long seed) {
        try {
            return simulation.run(seed);
        } catch (RuntimeException | AssertionError e) {
            StackTraceElement[] trace = e.getStackTrace();
            return new Simulation.Outcome.Violated(e + (trace.length == 0 ? "" : " at " + trace[0]));
        }
    }
}
