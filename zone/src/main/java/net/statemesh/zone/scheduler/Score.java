// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.List;
import java.util.function.ToDoubleBiFunction;

/**
 * One wish: how good would this node be for the pod, from 0 to 1?
 *
 * @param weight how much it counts beside the others
 */
public record Score(String name, double weight, ToDoubleBiFunction<PodRequest, NodeState> rate) {
    /** Every score of the zone. */
    public static final List<Score> ALL = List.of(
            new Score("Spread", 3, Score::spread),
            new Score("LeastLoaded", 2, Score::leastLoaded),
            new Score("ImageLocality", 1, Score::imageLocality),
            new Score("TowerHeight", 1, Score::towerHeight),
            new Score("Price", 1, Score::price));

    /** The same for every node until nodes have proven towers. */
    private static final double TOWER_HEIGHT_UNKNOWN = 0.5;
    /** The same for every node until operators set prices. */
    private static final double PRICE_UNKNOWN = 0.5;

    /** Fewer replicas of the same application are better: one lost node takes fewer of them along. */
    private static double spread(PodRequest pod, NodeState node) {
        return 1.0 / (1 + node.replicas().getOrDefault(pod.application(), 0));
    }

    /** Mean share of CPU and memory that stays free when the pod is there. */
    private static double leastLoaded(PodRequest pod, NodeState node) {
        Resources left = node.free().minus(pod.resources());
        return (share(left.cpuMillis(), node.allocatable().cpuMillis())
                        + share(left.memoryBytes(), node.allocatable().memoryBytes()))
                / 2;
    }

    private static double imageLocality(PodRequest pod, NodeState node) {
        if (pod.images().isEmpty()) {
            return 0;
        }
        long present = pod.images().stream().filter(node.images()::contains).count();
        return (double) present / pod.images().size();
    }

    private static double towerHeight(PodRequest pod, NodeState node) {
        return TOWER_HEIGHT_UNKNOWN;
    }

    private static double price(PodRequest pod, NodeState node) {
        return PRICE_UNKNOWN;
    }

    private static double share(long part, long whole) {
        return whole <= 0 ? 0 : Math.clamp((double) part / whole, 0, 1);
    }
}
