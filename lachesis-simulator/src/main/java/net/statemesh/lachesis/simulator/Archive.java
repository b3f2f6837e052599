// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.statemesh.lachesis.Event;
import net.statemesh.lachesis.EventId;
import org.jspecify.annotations.Nullable;

/** The events that a validator has accepted, of all epochs: what it builds on and serves to others. */
final class Archive {
    private static final SortedMap<Long, List<Event>> EMPTY = Collections.emptySortedMap();

    private final Map<EventId, Event> events = new HashMap<>();
    private final Map<Integer, List<Event>> arrivals = new HashMap<>();
    private final Map<Integer, Set<EventId>> tips = new HashMap<>();
    private final Map<Integer, SortedMap<Long, List<Event>>> byCreator = new HashMap<>();

    void add(Event event) {
        events.put(event.id(), event);
        arrivals.computeIfAbsent(event.epoch(), epoch -> new ArrayList<>()).add(event);
        Set<EventId> open = tips.computeIfAbsent(event.epoch(), epoch -> new LinkedHashSet<>());
        event.parents().forEach(open::remove);
        open.add(event.id());
        byCreator
                .computeIfAbsent(event.epoch(), epoch -> new TreeMap<>())
                .computeIfAbsent(event.creator(), creator -> new ArrayList<>())
                .add(event);
    }

    boolean knows(EventId id) {
        return events.containsKey(id);
    }

    /** Events of the epoch that nothing builds on, and of every creator those 1, 2, 4, 8 and so on from its last. */
    List<EventId> some(int epoch) {
        Set<EventId> some = new LinkedHashSet<>(tips.getOrDefault(epoch, Set.of()));
        for (List<Event> chain : byCreator.getOrDefault(epoch, EMPTY).values()) {
            for (int back = 1; back <= chain.size(); back *= 2) {
                some.add(chain.get(chain.size() - back).id());
            }
        }
        return List.copyOf(some);
    }

    /** The event of each creator that arrived last, in order of creators. */
    List<Event> newest(int epoch) {
        return byCreator.getOrDefault(epoch, EMPTY).values().stream()
                .map(List::getLast)
                .toList();
    }

    /** The event of this creator that arrived last, null without one. */
    @Nullable
    Event newestOf(int epoch, long creator) {
        List<Event> chain = byCreator.getOrDefault(epoch, EMPTY).get(creator);
        return chain == null ? null : chain.getLast();
    }

    /** All events of the epoch in order of arrival. */
    List<Event> of(int epoch) {
        return arrivals.getOrDefault(epoch, List.of());
    }

    /** The first events of the epoch, in order of arrival, that somebody who knows these lacks. */
    List<Event> lackedBy(int epoch, List<EventId> theySay, int limit) {
        Set<EventId> theirs = new HashSet<>();
        Deque<EventId> walk = new ArrayDeque<>();
        theySay.stream().filter(this::knows).forEach(walk::add);
        while (!walk.isEmpty()) {
            EventId id = walk.removeLast();
            Event event = events.get(id);
            if (event != null && theirs.add(id)) {
                walk.addAll(event.parents());
            }
        }
        return of(epoch).stream()
                .filter(event -> !theirs.contains(event.id()))
                .limit(limit)
                .toList();
    }
}
