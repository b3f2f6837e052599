// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Pods that want a node, the most important first, then the oldest. One that fits nowhere is parked until something happens that could
 * help it; one that is tried in vain again and again waits longer and longer. Bounded by the number of pods. Not safe for use by
 * several threads; times are milliseconds of any clock that only goes forward.
 */
final class SchedulingQueue {
    static final long FIRST_BACKOFF_MILLIS = 100;
    static final long MAX_BACKOFF_MILLIS = 10_000;
    /** A parked pod is tried again after so long whatever happens, should an event have been misjudged. */
    static final long MAX_PARKED_MILLIS = 60_000;
    /** Of the pods that one event helps, so many are tried at once; the others when their pause is over. */
    static final int AT_ONCE = 8;

    private static final Comparator<Entry> MOST_IMPORTANT_FIRST =
            Comparator.comparingInt((Entry entry) -> -entry.priority).thenComparingLong(entry -> entry.sequence);
    private static final Comparator<Entry> SOONEST_FIRST =
            Comparator.comparingLong((Entry entry) -> entry.dueMillis).thenComparingLong(entry -> entry.sequence);

    private enum Place {
        ACTIVE,
        PAUSED,
        PARKED,
        OUT
    }

    private static final class Entry {
        private final String key;
        private final int priority;
        private final long sequence;
        private Place place = Place.OUT;
        private int attempts;
        private long triedMillis;
        private long dueMillis;

        Entry(String key, int priority, long sequence) {
            this.key = key;
            this.priority = priority;
            this.sequence = sequence;
        }

        long pauseOverMillis() {
            return attempts == 0 ? 0 : triedMillis + pauseMillis(attempts);
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> active = new TreeSet<>(MOST_IMPORTANT_FIRST);
    private final TreeSet<Entry> paused = new TreeSet<>(SOONEST_FIRST);
    private final TreeSet<Entry> parked = new TreeSet<>(SOONEST_FIRST);
    private long sequence;

    /** A pod that was not here before, or that changed: as soon as possible. */
    void add(String key, int priority) {
        remove(key);
        Entry entry = new Entry(key, priority, sequence++);
        entries.put(key, entry);
        move(entry, Place.ACTIVE);
    }

    void remove(String key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            move(entry, Place.OUT);
        }
    }

    boolean contains(String key) {
        return entries.containsKey(key);
    }

    /** The next pod to decide about. It comes again only after {@link #park}, {@link #pause} or {@link #add}. */
    Optional<String> poll(long nowMillis) {
        releaseDue(paused, nowMillis);
        releaseDue(parked, nowMillis);
        Entry entry = active.pollFirst();
        if (entry == null) {
            return Optional.empty();
        }
        entry.place = Place.OUT;
        entry.attempts++;
        entry.triedMillis = nowMillis;
        return Optional.of(entry.key);
    }

    /** It fits nowhere: until something helps, or so long at most. */
    void park(String key, long nowMillis, long atMostMillis) {
        Entry entry = entries.get(key);
        if (entry != null) {
            long wait = Math.max(pauseMillis(entry.attempts), Math.min(atMostMillis, MAX_PARKED_MILLIS));
            place(entry, Place.PARKED, nowMillis + wait);
        }
    }

    /** It was tried in vain for a reason that passes by itself. */
    void pause(String key, long nowMillis) {
        Entry entry = entries.get(key);
        if (entry != null) {
            place(entry, Place.PAUSED, nowMillis + pauseMillis(entry.attempts));
        }
    }

    /** Takes parked pods that something has helped: the most important at once, the others after their pause. */
    void wake(Predicate<String> helped, long nowMillis) {
        List<Entry> woken = new ArrayList<>();
        for (Entry entry : parked) {
            if (helped.test(entry.key)) {
                woken.add(entry);
            }
        }
        woken.sort(MOST_IMPORTANT_FIRST);
        for (int i = 0; i < woken.size(); i++) {
            Entry entry = woken.get(i);
            long dueMillis = entry.pauseOverMillis();
            if (i < AT_ONCE || dueMillis <= nowMillis) {
                move(entry, Place.ACTIVE);
            } else {
                place(entry, Place.PAUSED, dueMillis);
            }
        }
    }

    boolean hasParked() {
        return !parked.isEmpty();
    }

    /** When {@link #poll} gives a pod if nothing else happens; empty when never. */
    Optional<Long> dueMillis(long nowMillis) {
        if (!active.isEmpty()) {
            return Optional.of(nowMillis);
        }
        Long due = paused.isEmpty() ? null : paused.first().dueMillis;
        if (!parked.isEmpty()) {
            due = earlier(due, parked.first().dueMillis);
        }
        return Optional.ofNullable(due);
    }

    private static long earlier(@Nullable Long one, long other) {
        return one == null ? other : Math.min(one, other);
    }

    static long pauseMillis(int attempts) {
        int doublings = Math.clamp(attempts - 1, 0, 16);
        return Math.min(MAX_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << doublings);
    }

    private void releaseDue(SortedSet<Entry> waiting, long nowMillis) {
        while (!waiting.isEmpty() && waiting.first().dueMillis <= nowMillis) {
            move(waiting.first(), Place.ACTIVE);
        }
    }

    private void place(Entry entry, Place place, long dueMillis) {
        move(entry, Place.OUT);
        entry.dueMillis = dueMillis;
        move(entry, place);
    }

    private void move(Entry entry, Place place) {
        switch (entry.place) {
            case ACTIVE -> active.remove(entry);
            case PAUSED -> paused.remove(entry);
            case PARKED -> parked.remove(entry);
            case OUT -> {}
        }
        entry.place = place;
        switch (place) {
            case ACTIVE -> active.add(entry);
            case PAUSED -> paused.add(entry);
            case PARKED -> parked.add(entry);
            case OUT -> {}
        }
    }
}
