// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.router;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.statemesh.bench.Figures;
import org.jspecify.annotations.Nullable;

/** Two proxies under the same load in turns; each figure is a median over the rounds. */
final class Rounds {
    private static final double NANOS_PER_SECOND = 1e9;

    private final ProxyProcess haproxy;
    private final ProxyProcess router;
    private final int rounds;

    Rounds(ProxyProcess haproxy, ProxyProcess router, int rounds) {
        this.haproxy = haproxy;
        this.router = router;
        this.rounds = rounds;
    }

    private record Turn(double perCpuSecond, double p99Millis) {}

    /** So many turns without measuring. */
    void warmUp(Load load, int turns) throws IOException, InterruptedException {
        for (int turn = 0; turn < turns; turn++) {
            load.run(haproxy);
            load.run(router);
        }
    }

    /** Prints answers per second of processor time for both, and how many times the router's is HAProxy's in a round. */
    void compare(Load load, Figures out) throws IOException, InterruptedException {
        List<Turn> theirs = new ArrayList<>();
        List<Turn> ours = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            boolean first = round % 2 == 0;
            @Nullable Turn early = first ? null : turn(load, router);
            theirs.add(turn(load, haproxy));
            ours.add(early == null ? turn(load, router) : early);
        }
        String name = "router-" + load.name();
        out.figure(
                name + "-haproxy",
                median(theirs.stream().mapToDouble(Turn::perCpuSecond).toArray()),
                load.unit() + "/cpu-s");
        out.figure(name, median(ours.stream().mapToDouble(Turn::perCpuSecond).toArray()), load.unit() + "/cpu-s");
        double[] ratios = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            ratios[round] = ours.get(round).perCpuSecond / theirs.get(round).perCpuSecond;
        }
        out.ratio(name + "-to-haproxy", median(ratios));
        Arrays.sort(ratios);
        out.figure(name + "-to-haproxy-lowest", ratios[0], "x");
        out.figure(name + "-to-haproxy-highest", ratios[rounds - 1], "x");
        if (ours.getFirst().p99Millis != Load.NOT_MEASURED) {
            out.figure(
                    name + "-p99-haproxy",
                    median(theirs.stream().mapToDouble(Turn::p99Millis).toArray()),
                    "ms");
            out.figure(
                    name + "-p99",
                    median(ours.stream().mapToDouble(Turn::p99Millis).toArray()),
                    "ms");
        }
    }

    private static Turn turn(Load load, ProxyProcess proxy) throws IOException, InterruptedException {
        Duration before = proxy.cpu();
        Load.Outcome outcome = load.run(proxy);
        double cpuSeconds = proxy.cpu().minus(before).toNanos() / NANOS_PER_SECOND;
        return new Turn(outcome.answers() / cpuSeconds, outcome.p99Millis());
    }

    private static double median(double[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }
}
