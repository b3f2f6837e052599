// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who makes room for a more important pod, and where.
 *
 * @param victims replicas to end, by key; none when those that make room are ending already
 * @param belowFloor replicas that applications will have less than they should keep
 */
public record Preemption(String node, List<PlacedPod> victims, int belowFloor) {
    /** Nodes that are weighed against each other. */
    static final int MAX_CANDIDATES = 50;

    private static final Comparator<Preemption> LEAST_HARM = Comparator.comparingInt(Preemption::belowFloor)
            .thenComparingInt(Preemption::highestPriority)
            .thenComparingInt(plan -> plan.victims.size())
            .thenComparing(Preemption::node);

    /** Empty when nobody can make room, or those that do are on their way out already. Gangs do not preempt. */
    static Optional<Preemption> plan(PodRequest pod, Search search, NodeLedger ledger) {
        if (pod.gang() != null || !ledger.hasLowerThan(pod.priority()) || isPromised(pod, ledger)) {
            return Optional.empty();
        }
        List<Preemption> plans = new ArrayList<>();
        for (Iterable<NodeState> nodes : List.of(search.promising(), search.others())) {
            for (NodeState node : nodes) {
                if (plans.size() == MAX_CANDIDATES) {
                    break;
                }
                if (isCandidate(pod, node, search)) {
                    new Candidate(pod, node, ledger).plan().ifPresent(plans::add);
                }
            }
        }
        return plans.stream().min(LEAST_HARM);
    }

    private static boolean isCandidate(PodRequest pod, NodeState node, Search search) {
        return pod.resources().fitsIn(node.facts().allocatable())
                && node.hasLowerThan(pod.priority())
                && search.eligible().allows(node)
                && search.keepsRules(node.facts());
    }

    private static boolean isPromised(PodRequest pod, NodeLedger ledger) {
        return ledger.nomination(pod.uid())
                .flatMap(ledger::node)
                .filter(node ->
                        node.pods().stream().anyMatch(other -> other.ending() && other.priority() < pod.priority()))
                .isPresent();
    }

    private int highestPriority() {
        return victims.stream().mapToInt(PlacedPod::priority).max().orElse(Integer.MIN_VALUE);
    }

    /** One node: as few victims as possible, those that matter least first. */
    private static final class Candidate {
        private final PodRequest pod;
        private final NodeState node;
        private final NodeLedger ledger;
        private final Map<String, Integer> taken = new HashMap<>();

        Candidate(PodRequest pod, NodeState node, NodeLedger ledger) {
            this.pod = pod;
            this.node = node;
            this.ledger = ledger;
        }

        Optional<Preemption> plan() {
            List<PlacedPod> removable = new ArrayList<>();
            Resources free = node.freeFor(pod);
            Resources most = free;
            for (PlacedPod other : node.pods()) {
                if (other.ending()) {
                    free = free.plus(other.resources());
                    most = most.plus(other.resources());
                } else if (other.priority() < pod.priority()
                        && !other.application().equals(pod.application())) {
                    removable.add(other);
                    most = most.plus(other.resources());
                }
            }
            if (!pod.resources().fitsIn(most)) {
                return Optional.empty();
            }
            List<PlacedPod> victims = spared(chosen(removable, free), free);
            return Optional.of(new Preemption(
                    node.name(),
                    victims.stream()
                            .sorted(Comparator.comparing(PlacedPod::key))
                            .toList(),
                    belowFloor(victims)));
        }

        /** One after another until there is room. */
        private List<PlacedPod> chosen(List<PlacedPod> removable, Resources free) {
            List<PlacedPod> left = new ArrayList<>(removable);
            List<PlacedPod> victims = new ArrayList<>();
            Resources room = free;
            while (!pod.resources().fitsIn(room)) {
                PlacedPod next = left.stream()
                        .min(Comparator.comparing(this::breaksFloor)
                                .thenComparingInt(PlacedPod::priority)
                                .thenComparingDouble(other -> -CapacityOrder.freeShare(
                                        other.resources(), node.facts().allocatable()))
                                .thenComparing(PlacedPod::key))
                        .orElseThrow();
                left.remove(next);
                victims.add(next);
                taken.merge(next.application(), 1, Integer::sum);
                room = room.plus(next.resources());
            }
            return victims;
        }

        /** Those stay that later choices made needless, the ones that matter most first. */
        private List<PlacedPod> spared(List<PlacedPod> chosen, Resources free) {
            Resources room = chosen.stream().map(PlacedPod::resources).reduce(free, Resources::plus);
            List<PlacedPod> victims = new ArrayList<>();
            for (PlacedPod victim : chosen.reversed()) {
                Resources without = room.minus(victim.resources());
                if (pod.resources().fitsIn(without)) {
                    room = without;
                } else {
                    victims.add(victim);
                }
            }
            return victims;
        }

        private boolean breaksFloor(PlacedPod victim) {
            int gone = taken.getOrDefault(victim.application(), 0) + 1;
            return ledger.staying(victim.application()) - gone < ledger.floor(victim.application());
        }

        private int belowFloor(List<PlacedPod> victims) {
            Map<String, Integer> gone = new HashMap<>();
            victims.forEach(victim -> gone.merge(victim.application(), 1, Integer::sum));
            return gone.entrySet().stream()
                    .mapToInt(each -> {
                        int left = ledger.staying(each.getKey()) - each.getValue();
                        return Math.clamp((long) ledger.floor(each.getKey()) - left, 0, each.getValue());
                    })
                    .sum();
        }
    }
}
