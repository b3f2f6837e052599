// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;
import net.statemesh.health.protocol.Timing;

/**
 * Who watches whom: as many rings through all nodes as each has watchers, each in an order of its own that looks random; in every ring,
 * a node is watched by the next one. So a node is watched by, and watches, about the same number, whoever they are, and the coming or
 * going of one changes the watchers of few.
 */
final class Ring {
    private record Place(long hash, int node) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::hash).thenComparingInt(Place::node);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private final List<NavigableSet<Place>> rings = new ArrayList<>();

    Ring() {
        for (int i = 0; i < Timing.WATCHERS; i++) {
            rings.add(new TreeSet<>());
        }
    }

    void add(int node) {
        for (int i = 0; i < rings.size(); i++) {
            rings.get(i).add(place(i, node));
        }
    }

    void remove(int node) {
        for (int i = 0; i < rings.size(); i++) {
            rings.get(i).remove(place(i, node));
        }
    }

    /** Watchers of every node. */
    Map<Integer, List<Integer>> watchers() {
        Map<Integer, List<Integer>> watchers = new HashMap<>();
        for (Place place : rings.getFirst()) {
            watchers.put(place.node(), watchers(place.node()));
        }
        return watchers;
    }

    private List<Integer> watchers(int node) {
        int wanted = Math.min(rings.size(), rings.getFirst().size() - 1);
        List<Integer> chosen = new ArrayList<>(wanted);
        for (int i = 0; chosen.size() < wanted; i = (i + 1) % rings.size()) {
            chosen.add(next(rings.get(i), place(i, node), chosen));
        }
        chosen.sort(Comparator.naturalOrder());
        return chosen;
    }

    /** The first behind this place that was not chosen yet; there is one. */
    private static int next(NavigableSet<Place> ring, Place place, List<Integer> chosen) {
        for (SortedSet<Place> part : List.of(ring.tailSet(place, false), ring.headSet(place, false))) {
            for (Place candidate : part) {
                if (!chosen.contains(candidate.node())) {
                    return candidate.node();
                }
            }
        }
        throw new IllegalStateException("fewer nodes than watchers");
    }

    private static Place place(int ring, int node) {
        return new Place(mixed(((long) ring << Integer.SIZE) + node), node);
    }

    /** Spreads neighbouring numbers: the finalizer of SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014). */
    private static long mixed(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
