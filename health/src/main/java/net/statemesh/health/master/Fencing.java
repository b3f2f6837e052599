// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.health.protocol.Timing;
import org.jspecify.annotations.Nullable;

/**
 * Knows when a dead node has certainly let go of what only it may hold: when in every group that may have granted its lease so many
 * watchers grant nothing more that the others are no majority with it, and the last lease from before has run out. A watcher grants
 * nothing more once it confirms an assignment without the node, or is fenced itself.
 */
final class Fencing {
    private static final long NEVER = Long.MAX_VALUE;

    private static final class Pending {
        private final List<Group> groups;
        /** By watcher: the version by which it has stopped. */
        private final Map<Integer, Long> stopsWith = new HashMap<>();
        /** By watcher: when that was certain. */
        private final Map<Integer, Long> stoppedMillis = new HashMap<>();

        private Pending(List<Group> groups) {
            this.groups = groups;
        }
    }

    private final Map<Integer, Pending> pending = new LinkedHashMap<>();
    private final Map<Integer, Long> fencedMillis = new HashMap<>();
    /** By node: when the master, or a group that no longer counts, may have granted a lease last. */
    private final Map<Integer, Long> lastGrantMillis = new HashMap<>();

    private final long startMillis;

    Fencing(long startMillis) {
        this.startMillis = startMillis;
    }

    void granted(int node, long nowMillis) {
        lastGrantMillis.put(node, nowMillis);
    }

    /** The node left the ring, and the assignments without it have been made. */
    void begin(Watch watch, Watches watches, long nowMillis) {
        Pending started = new Pending(watch.groups());
        for (Group group : started.groups) {
            for (int watcher : group.watchers()) {
                Watch its = watches.of(watcher);
                if (its == null
                        || fencedMillis.containsKey(watcher)
                        || its.confirmed() >= its.published().version()) {
                    started.stoppedMillis.put(watcher, nowMillis);
                } else {
                    started.stopsWith.put(watcher, its.published().version());
                }
            }
        }
        pending.put(watch.node, started);
    }

    /** The node is back. */
    void end(int node) {
        pending.remove(node);
        fencedMillis.remove(node);
    }

    void forget(int node) {
        end(node);
        lastGrantMillis.remove(node);
    }

    boolean isPending(int node) {
        return pending.containsKey(node);
    }

    /** A node keeps to this version from now on. */
    void confirmed(int watcher, long version, long nowMillis) {
        for (Pending each : pending.values()) {
            Long stopsWith = each.stopsWith.get(watcher);
            if (stopsWith != null && stopsWith <= version) {
                each.stoppedMillis.putIfAbsent(watcher, nowMillis);
            }
        }
    }

    /** Nodes that are certainly fenced since the last call. */
    List<Integer> tick(long nowMillis) {
        List<Integer> fenced = new ArrayList<>();
        pending.forEach((node, each) -> {
            if (overMillis(node, each) <= nowMillis) {
                fenced.add(node);
            }
        });
        for (int node : fenced) {
            pending.remove(node);
            fencedMillis.put(node, nowMillis);
            pending.values().forEach(each -> each.stoppedMillis.putIfAbsent(node, nowMillis));
        }
        return fenced;
    }

    private long overMillis(int node, Pending each) {
        long last = Math.max(startMillis, lastGrantMillis.getOrDefault(node, startMillis));
        for (Group group : each.groups) {
            long stopped = stoppedMillis(group, each.stoppedMillis);
            if (stopped == NEVER) {
                return NEVER;
            }
            last = Math.max(last, stopped);
        }
        return last + Timing.LEASE_OVER_MILLIS;
    }

    /** When so many had stopped that the rest could not grant a lease. */
    private static long stoppedMillis(Group group, Map<Integer, Long> stopped) {
        int needed = Timing.refusalsNeeded(group.watchers().size());
        long[] times = group.watchers().stream()
                .map(stopped::get)
                .filter(Fencing::known)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return times.length < needed ? NEVER : times[needed - 1];
    }

    private static boolean known(@Nullable Long time) {
        return time != null;
    }
}
