// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.statemesh.api.application.Domain;
import org.jspecify.annotations.Nullable;

/** Which nodes pods with the same demands can use at all, whatever runs there. A changed node is judged anew, the others are not. */
final class Eligibility {
    private static final List<Refusal> ELIGIBLE = List.of();

    private static final class Group {
        private final List<Refusal> refusals;
        private int nodes;

        Group(List<Refusal> refusals) {
            this.refusals = refusals;
        }
    }

    private final Demands demands;
    private @Nullable Group[] bySlot;
    private final Map<List<Refusal>, Group> groups = new HashMap<>();
    private final Map<Domain, Map<String, Integer>> domains = new EnumMap<>(Domain.class);
    private final Map<Integer, NodeFacts> judged = new HashMap<>();

    Eligibility(Demands demands, Iterable<NodeState> nodes, int slots) {
        this.demands = demands;
        this.bySlot = new Group[slots];
        nodes.forEach(this::put);
    }

    /** A new or changed node. */
    void put(NodeState node) {
        remove(node);
        if (node.slot() >= bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, Math.max(node.slot() + 1, bySlot.length * 2));
        }
        Group group = groups.computeIfAbsent(judge(node.facts()), Group::new);
        group.nodes++;
        bySlot[node.slot()] = group;
        if (group.refusals.isEmpty()) {
            judged.put(node.slot(), node.facts());
            countDomains(node.facts(), 1);
        }
    }

    void remove(NodeState node) {
        Group group = node.slot() < bySlot.length ? bySlot[node.slot()] : null;
        if (group == null) {
            return;
        }
        bySlot[node.slot()] = null;
        group.nodes--;
        if (group.nodes == 0) {
            groups.remove(group.refusals);
        }
        NodeFacts facts = judged.remove(node.slot());
        if (facts != null) {
            countDomains(facts, -1);
        }
    }

    boolean allows(NodeState node) {
        Group group = bySlot[node.slot()];
        return group != null && group.refusals.isEmpty();
    }

    /** Why not this node; empty when it is eligible. */
    List<Refusal> refusals(NodeState node) {
        Group group = bySlot[node.slot()];
        return group == null ? ELIGIBLE : group.refusals;
    }

    int eligible() {
        Group group = groups.get(ELIGIBLE);
        return group == null ? 0 : group.nodes;
    }

    /** Slots of the eligible nodes when they are few. */
    int[] eligibleSlots() {
        return judged.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Eligible nodes by value of the domain. */
    Map<String, Integer> domains(Domain kind) {
        return domains.getOrDefault(kind, Map.of());
    }

    /** Every reason with the number of nodes it keeps the pod off. */
    List<Tally> tallies() {
        Map<Refusal, int[]> counts = new HashMap<>();
        for (Group group : groups.values()) {
            for (Refusal refusal : group.refusals) {
                int[] count = counts.computeIfAbsent(refusal, reason -> new int[2]);
                count[0] += group.nodes;
                count[1] += group.refusals.size() == 1 ? group.nodes : 0;
            }
        }
        List<Tally> tallies = new ArrayList<>();
        counts.forEach((refusal, count) ->
                tallies.add(new Tally(refusal.filter(), refusal.reason(), count[0], count[1], "", null)));
        return tallies;
    }

    /** The same text for the same nodes. */
    String fingerprint() {
        Map<String, Integer> sorted = new TreeMap<>();
        groups.values().forEach(group -> sorted.put(group.refusals.toString(), group.nodes));
        Map<Domain, Map<String, Integer>> sortedDomains = new EnumMap<>(Domain.class);
        domains.forEach((kind, values) -> {
            if (!values.isEmpty()) {
                sortedDomains.put(kind, new TreeMap<>(values));
            }
        });
        return sorted + " " + sortedDomains;
    }

    private List<Refusal> judge(NodeFacts node) {
        List<Refusal> refusals = null;
        for (NodeFilter filter : NodeFilter.ALL) {
            String reason = filter.check().refuse(demands, node);
            if (reason != null) {
                refusals = refusals == null ? new ArrayList<>() : refusals;
                refusals.add(Refusal.of(filter.name(), reason));
            }
        }
        return refusals == null ? ELIGIBLE : List.copyOf(refusals);
    }

    private void countDomains(NodeFacts node, int by) {
        for (Domain kind : Domain.values()) {
            String value = node.domain(kind);
            if (value != null) {
                domains.computeIfAbsent(kind, domain -> new HashMap<>())
                        .merge(value, by, (before, more) -> before + more == 0 ? null : before + more);
            }
        }
    }
}
