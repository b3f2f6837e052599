// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts, during one decision, which nodes were refused for what; text is made of it at the end only. */
final class Tallies {
    /** The node that lacks least of a resource, of those that lack nothing else. */
    record Missing(String node, long amount) {}

    private static final class Lack {
        private int nodes;
        private int alone;
        private long most;
        private String nearest = "";
        private long least;
        private String leastOn = "";

        void count(String node, long free, boolean nothingElse) {
            nodes++;
            if (nearest.isEmpty() || isBetter(free, node, most, nearest)) {
                most = free;
                nearest = node;
            }
            if (nothingElse) {
                alone++;
                if (leastOn.isEmpty() || isBetter(free, node, least, leastOn)) {
                    least = free;
                    leastOn = node;
                }
            }
        }

        private static boolean isBetter(long free, String node, long bestFree, String best) {
            return free > bestFree || (free == bestFree && node.compareTo(best) < 0);
        }
    }

    private static final class Broken {
        private final String filter;
        private int nodes;
        private int alone;

        Broken(String filter) {
            this.filter = filter;
        }
    }

    private final PodRequest pod;
    private final Map<Resource, Lack> lacks = new EnumMap<>(Resource.class);
    private final Map<String, Broken> rules = new LinkedHashMap<>();

    Tallies(PodRequest pod) {
        this.pod = pod;
    }

    void lacking(Resource resource, NodeState node, long free, boolean nothingElse) {
        lacks.computeIfAbsent(resource, each -> new Lack()).count(node.name(), free, nothingElse);
    }

    void broken(String filter, String reason, boolean nothingElse) {
        Broken count = rules.computeIfAbsent(reason, each -> new Broken(filter));
        count.nodes++;
        count.alone += nothingElse ? 1 : 0;
    }

    /** Null when no node lacks this alone. */
    @Nullable
    Missing missing(Resource resource) {
        Lack lack = lacks.get(resource);
        return lack == null || lack.alone == 0
                ? null
                : new Missing(lack.leastOn, resource.of(pod.resources()) - Math.max(0, lack.least));
    }

    /** These and the given ones, those of most nodes first. */
    List<Tally> with(List<Tally> others) {
        List<Tally> all = new ArrayList<>(others);
        lacks.forEach((resource, lack) -> all.add(new Tally(
                resource.filter(),
                "lack " + resource.words(resource.of(pod.resources())),
                lack.nodes,
                lack.alone,
                lack.nearest,
                new Refusal.Figure(lack.most, resource.text(lack.most)))));
        rules.forEach((reason, count) -> all.add(new Tally(count.filter, reason, count.nodes, count.alone, "", null)));
        all.sort(Comparator.comparingInt((Tally tally) -> -tally.nodes()).thenComparing(Tally::reason));
        return List.copyOf(all);
    }
}
