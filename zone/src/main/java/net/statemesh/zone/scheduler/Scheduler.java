// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses a node: every filter must pass, then the highest weighted score wins; equal ones go by name. */
public final class Scheduler {
    private final List<Filter> filters;
    private final List<Score> scores;

    public Scheduler(List<Filter> filters, List<Score> scores) {
        this.filters = List.copyOf(filters);
        this.scores = List.copyOf(scores);
    }

    /** With every filter and score of the zone. */
    public static Scheduler standard() {
        return new Scheduler(Filter.ALL, Score.ALL);
    }

    public Decision decide(PodRequest pod, List<NodeState> nodes) {
        List<Verdict> verdicts = nodes.stream()
                .sorted(Comparator.comparing(NodeState::name))
                .map(node -> judge(pod, node))
                .toList();
        Optional<String> best = verdicts.stream()
                .filter(Verdict::fits)
                .max(Comparator.comparingDouble(Verdict::total).thenComparing(Verdict::node, Comparator.reverseOrder()))
                .map(Verdict::node);
        return new Decision(best, verdicts);
    }

    private Verdict judge(PodRequest pod, NodeState node) {
        List<Refusal> refusals = filters.stream()
                .map(filter -> filter.check().apply(pod, node))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Refusal::filter))
                .toList();
        if (!refusals.isEmpty()) {
            return new Verdict(node.name(), refusals, Map.of(), 0);
        }
        Map<String, Double> rates = new LinkedHashMap<>();
        double total = 0;
        double weights = 0;
        for (Score score : scores) {
            double rate = score.rate().applyAsDouble(pod, node);
            rates.put(score.name(), rate);
            total += rate * score.weight();
            weights += score.weight();
        }
        return new Verdict(node.name(), List.of(), rates, weights == 0 ? 0 : total / weights);
    }
}
