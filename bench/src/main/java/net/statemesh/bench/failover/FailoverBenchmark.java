// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.failover;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.statemesh.bench.Benchmark;
import net.statemesh.bench.Figures;
import net.statemesh.load.Outcome;
import net.statemesh.load.SteadyRequests;

/**
 * Power losses of one node after the other under steady requests. Times count from just before the power goes to when a watch of the
 * API shows the change. The load of the machine is printed too: where it is high, the figures are the machine's.
 */
public final class FailoverBenchmark implements Benchmark {
    private static final int LOSSES = 20;
    private static final int REPLICAS = 3;
    private static final int PER_SECOND = 200;
    private static final String APPLICATION = "hello";
    private static final double PERCENTILE = 0.99;

    /** One power loss: when it happened, when it was known, when all replicas were ready again. */
    private record Loss(Instant lost, Instant verdict, Instant replaced) {
        /** Whether a request was under way at some moment between loss and verdict. */
        boolean concerns(Outcome request) {
            return request.sentAt().isBefore(verdict) && request.endedAt().isAfter(lost);
        }
    }

    @Override
    public String name() {
        return "failover";
    }

    @Override
    public void run(Figures out) throws Exception {
        try (PackagedZone zone = new PackagedZone();
                ZoneWatch watch = new ZoneWatch(zone.kubeconfig(), APPLICATION)) {
            zone.statemesh("apps", "scale", APPLICATION, Integer.toString(REPLICAS), "-o", "json");
            watch.when("all replicas ready", () -> watch.readyElsewhere("") == REPLICAS);
            try (SteadyRequests requests = new SteadyRequests(URI.create(zone.url()), zone.authority(), PER_SECOND)) {
                List<Loss> losses = new ArrayList<>();
                for (int i = 0; i < LOSSES; i++) {
                    losses.add(
                            lose(zone, watch, zone.nodes().get(i % zone.nodes().size())));
                }
                requests.finish();
                print(out, losses, requests);
            }
        }
    }

    private static Loss lose(PackagedZone zone, ZoneWatch watch, String node) throws Exception {
        watch.when("replicas on " + node, () -> watch.hasReplicas(node));
        String since = zone.statemesh("dev", "node", "kill", node, "-o", "json")
                .path("since")
                .asText();
        Instant verdict = watch.when(node + " dead", () -> watch.isDead(node));
        Instant replaced = watch.when("replicas elsewhere", () -> watch.readyElsewhere(node) == REPLICAS);
        zone.statemesh("dev", "node", "start", node, "-o", "json");
        watch.when(node + " ready", () -> watch.isReady(node));
        return new Loss(Instant.parse(since), verdict, replaced);
    }

    private static void print(Figures out, List<Loss> losses, SteadyRequests requests) {
        List<Long> detection = millis(losses, Loss::verdict);
        List<Long> replacement = millis(losses, Loss::replaced);
        List<Outcome> failures = requests.failures();
        int inside = (int) failures.stream()
                .filter(failure -> losses.stream().anyMatch(loss -> loss.concerns(failure)))
                .count();
        out.figure("failover-losses", losses.size(), "losses");
        out.figure("failover-detection-p50", percentile(detection, 0.5), "ms");
        out.figure("failover-detection-p99", percentile(detection, PERCENTILE), "ms");
        out.figure("failover-replaced-p50", percentile(replacement, 0.5), "ms");
        out.figure("failover-replaced-p99", percentile(replacement, PERCENTILE), "ms");
        out.figure("failover-requests", requests.outcomes().size(), "requests");
        out.figure("failover-failed-between-loss-and-verdict", inside, "requests");
        out.figure("failover-failed-otherwise", failures.size() - inside, "requests");
        out.figure(
                "failover-slowest-answer",
                (double) requests.outcomes().stream()
                        .mapToLong(Outcome::millis)
                        .max()
                        .orElse(0),
                "ms");
        out.figure(
                "failover-load-average",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "processes");
    }

    private static List<Long> millis(List<Loss> losses, Function<Loss, Instant> end) {
        return losses.stream()
                .map(loss -> Duration.between(loss.lost(), end.apply(loss)).toMillis())
                .sorted()
                .toList();
    }

    /** The smallest value that so large a share of all does not exceed. */
    private static double percentile(List<Long> sorted, double share) {
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
