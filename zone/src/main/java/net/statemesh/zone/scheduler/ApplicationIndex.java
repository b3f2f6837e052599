// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import net.statemesh.api.application.Domain;
import org.jspecify.annotations.Nullable;

/** How many replicas each application has in each domain, and which domains repel it; a change costs the same however large the zone is. */
final class ApplicationIndex {
    /** Counts by value of each kind of domain. */
    private static final class Counts {
        private final Map<Domain, Map<String, Integer>> byDomain = new EnumMap<>(Domain.class);

        void change(Domain domain, @Nullable String value, int by) {
            if (value == null) {
                return;
            }
            Map<String, Integer> values = byDomain.computeIfAbsent(domain, kind -> new HashMap<>());
            int now = values.merge(value, by, Integer::sum);
            if (now == 0) {
                values.remove(value);
                if (values.isEmpty()) {
                    byDomain.remove(domain);
                }
            }
        }

        Map<String, Integer> values(Domain domain) {
            return byDomain.getOrDefault(domain, Map.of());
        }
    }

    private final Map<String, Counts> replicas = new HashMap<>();
    private final Map<String, Counts> repelled = new HashMap<>();
    private final Map<String, Integer> staying = new HashMap<>();

    void add(PlacedPod pod, NodeFacts node) {
        change(pod, node, 1);
    }

    /** With the facts that the node had when the pod was added. */
    void remove(PlacedPod pod, NodeFacts node) {
        change(pod, node, -1);
    }

    /** Replicas of the application by value of the domain; the map changes with the ledger. */
    Map<String, Integer> replicas(String application, Domain domain) {
        Counts counts = replicas.get(application);
        return counts == null ? Map.of() : counts.values(domain);
    }

    /** Pods that keep the application away, by value of the domain. */
    Map<String, Integer> repelling(String application, Domain domain) {
        Counts counts = repelled.get(application);
        return counts == null ? Map.of() : counts.values(domain);
    }

    boolean isRepelled(String application) {
        return repelled.containsKey(application);
    }

    /** Replicas of the application that have a node and were not told to end. */
    int staying(String application) {
        return staying.getOrDefault(application, 0);
    }

    /** The same text for the same state. */
    String fingerprint() {
        return text(replicas) + text(repelled) + new TreeMap<>(staying);
    }

    private static String text(Map<String, Counts> all) {
        Map<String, Map<Domain, Map<String, Integer>>> sorted = new TreeMap<>();
        all.forEach((application, counts) -> {
            Map<Domain, Map<String, Integer>> domains = new EnumMap<>(Domain.class);
            counts.byDomain.forEach((domain, values) -> domains.put(domain, new TreeMap<>(values)));
            sorted.put(application, domains);
        });
        return sorted.toString();
    }

    private void change(PlacedPod pod, NodeFacts node, int by) {
        for (Domain domain : Domain.values()) {
            change(replicas, pod.application(), domain, node.domain(domain), by);
        }
        for (NeighbourRule rule : pod.apart()) {
            change(repelled, rule.application(), rule.within(), node.domain(rule.within()), by);
        }
        if (!pod.ending()) {
            staying.merge(pod.application(), by, (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    private static void change(
            Map<String, Counts> all, String application, Domain domain, @Nullable String value, int by) {
        Counts counts = all.computeIfAbsent(application, name -> new Counts());
        counts.change(domain, value, by);
        if (counts.byDomain.isEmpty()) {
            all.remove(application);
        }
    }
}
