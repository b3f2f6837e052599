// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One wish: how good would this node be for the pod, from 0 to 1?
 *
 * @param weight how much it counts beside the others
 * @param applies whether it has anything to say about the pod
 */
record Score(String name, double weight, Predicate<PodRequest> applies, Rate rate) {
    /** From 0 to 1. */
    interface Rate {
        double of(PodRequest pod, NodeState node, Surroundings around);
    }

    private static final Score IMAGE_LOCALITY =
            new Score("ImageLocality", 1, Score::always, (pod, node, around) -> images(pod, node));
    private static final Score SPREAD_RULES = new Score(
            "SpreadRules", 4, pod -> !pod.spread().isEmpty(), (pod, node, around) -> around.spreadRate(node.facts()));
    private static final Score NEIGHBOURS = new Score(
            "Neighbours",
            4,
            pod -> !(pod.near().isEmpty() && pod.apart().isEmpty()),
            (pod, node, around) -> around.neighbourRate(node.facts()));

    private static final List<Score> SPREADING = List.of(
            new Score(
                    "Spread", 3, Score::always, (pod, node, around) -> 1.0 / (1 + node.replicasOf(pod.application()))),
            new Score("LeastLoaded", 2, Score::always, (pod, node, around) -> free(pod, node)),
            IMAGE_LOCALITY,
            SPREAD_RULES,
            NEIGHBOURS);
    private static final List<Score> PACKING = List.of(
            new Score("MostLoaded", 4, Score::always, (pod, node, around) -> 1 - free(pod, node)),
            IMAGE_LOCALITY,
            SPREAD_RULES,
            NEIGHBOURS);

    /** Weighted mean of what each wish says, from 0 to 1. */
    static double total(PodRequest pod, NodeState node, Surroundings around) {
        double total = 0;
        double weights = 0;
        for (Score score : of(pod.policy())) {
            if (score.applies.test(pod)) {
                total += score.rate.of(pod, node, around) * score.weight;
                weights += score.weight;
            }
        }
        return total / weights;
    }

    /** By name of the score; those that say nothing about this pod are left out. */
    static Map<String, Double> rates(PodRequest pod, NodeState node, Surroundings around) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (Score score : of(pod.policy())) {
            if (score.applies.test(pod)) {
                rates.put(score.name, score.rate.of(pod, node, around));
            }
        }
        return rates;
    }

    private static List<Score> of(Policy policy) {
        return switch (policy) {
            case SPREADING -> SPREADING;
            case PACKING -> PACKING;
        };
    }

    private static boolean always(PodRequest pod) {
        return true;
    }

    /** Mean share of CPU and memory that stays free when the pod is there. */
    private static double free(PodRequest pod, NodeState node) {
        return CapacityOrder.freeShare(
                node.free().minus(pod.resources()), node.facts().allocatable());
    }

    private static double images(PodRequest pod, NodeState node) {
        if (pod.images().isEmpty()) {
            return 0;
        }
        int present = 0;
        for (String image : pod.images()) {
            present += node.facts().images().contains(image) ? 1 : 0;
        }
        return (double) present / pod.images().size();
    }
}
