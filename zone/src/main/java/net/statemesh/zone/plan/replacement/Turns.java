// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.replacement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns in which the replicas of dead nodes are replaced. When many nodes die at once, the others have room for a few starts at a time
 * only; more would slow each other down until none becomes ready in time. So no more than {@link #STARTING_PER_NODE} for each node that
 * is left are on their way at once: those of higher priority first, then of the application that serves least.
 *
 * <p>Not safe for use by several threads.
 */
public final class Turns {
    /** Replacements on their way to ready at a time, for each ready node. */
    public static final int STARTING_PER_NODE = 8;
    /** A replacement that is not ready by then holds up no other; nor does an application that does not take its turn. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private record Need(String application, int priority, int ready, int missing) {
        private static final Comparator<Need> ORDER = Comparator.comparingInt(Need::priority)
                .reversed()
                .thenComparingInt(Need::ready)
                .thenComparing(Need::application);
    }

    private final TreeSet<Need> order = new TreeSet<>(Need.ORDER);
    private final Map<String, Need> needs = new HashMap<>();
    /** Since when each application could have made a replica, and has not asked. */
    private final Map<String, Instant> offered = new HashMap<>();

    /** When each replacement that is on its way began, by name, by application. */
    private final Map<String, Map<String, Instant>> starting = new LinkedHashMap<>();

    private int startingCount;

    /**
     * An application lost replicas, and is not to be passed by those that ask earlier.
     *
     * @param priority larger goes first
     * @param ready replicas that serve
     * @param missing replicas that have to be made
     */
    public void need(String application, int priority, int ready, int missing) {
        Need before = needs.remove(application);
        if (before != null) {
            order.remove(before);
            offered.remove(application);
        }
        if (missing > 0) {
            Need need = new Need(application, priority, ready, missing);
            needs.put(application, need);
            order.add(need);
        }
    }

    /** How many replicas an application may make now, of those it needs. */
    public int granted(String application, int nodes, Instant now) {
        Need own = needs.get(application);
        if (own == null) {
            return 0;
        }
        expire(now);
        int free = nodes * STARTING_PER_NODE - startingCount;
        for (Iterator<Need> ahead = order.iterator(); free > 0 && ahead.hasNext(); ) {
            Need next = ahead.next();
            if (next.equals(own)) {
                return Math.min(free, own.missing());
            }
            free -= reserved(next, now);
        }
        return 0;
    }

    /** The application makes a replacement of this name. */
    public void started(String application, String replica, Instant now) {
        Instant before =
                starting.computeIfAbsent(application, first -> new HashMap<>()).put(replica, now);
        startingCount += before == null ? 1 : 0;
    }

    /** Of an application's replacements, only these are still on their way; whether others made room. */
    public boolean onTheirWay(String application, Set<String> replicas) {
        Map<String, Instant> own = starting.get(application);
        if (own == null) {
            return false;
        }
        int before = own.size();
        own.keySet().retainAll(replicas);
        startingCount -= before - own.size();
        if (own.isEmpty()) {
            starting.remove(application);
        }
        return own.size() < before;
    }

    /** Applications that may make at least one replica now, those that go first first. */
    public List<String> next(int nodes, Instant now) {
        expire(now);
        List<String> next = new ArrayList<>();
        int free = nodes * STARTING_PER_NODE - startingCount;
        for (Iterator<Need> ahead = order.iterator(); free > 0 && ahead.hasNext(); ) {
            Need need = ahead.next();
            next.add(need.application());
            free -= reserved(need, now);
        }
        return next;
    }

    /** The application is no more, or has lost nothing. */
    public void forget(String application) {
        need(application, 0, 0, 0);
        onTheirWay(application, Set.of());
    }

    /** Whether nobody lost anything. */
    public boolean isIdle() {
        return needs.isEmpty() && startingCount == 0;
    }

    /** Kept free for an application whose turn it is, unless it does not take it. */
    private int reserved(Need need, Instant now) {
        Instant since = offered.computeIfAbsent(need.application(), first -> now);
        return isPatient(since, now) ? need.missing() : 0;
    }

    private void expire(Instant now) {
        for (Iterator<Map<String, Instant>> each = starting.values().iterator(); each.hasNext(); ) {
            Map<String, Instant> replicas = each.next();
            int before = replicas.size();
            replicas.values().removeIf(since -> !isPatient(since, now));
            startingCount -= before - replicas.size();
            if (replicas.isEmpty()) {
                each.remove();
            }
        }
    }

    private static boolean isPatient(Instant since, Instant now) {
        return Duration.between(since, now).compareTo(PATIENCE) < 0;
    }
}
