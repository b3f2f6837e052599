// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.statemesh.health.protocol.Assignment;
import org.jspecify.annotations.Nullable;

/** Keeps every living node watched: makes assignments when nodes come and go. */
final class Watches {
    private final Ring ring = new Ring();
    private final Map<Integer, Watch> watches = new LinkedHashMap<>();
    private final Outbox outbox;
    private long version;
    private boolean changed;
    private boolean ringChanged;

    Watches(Outbox outbox) {
        this.outbox = outbox;
    }

    void add(int node, Assignment published, List<Group> groups) {
        watches.put(node, new Watch(node, published, groups));
        version = Math.max(version, published.version());
        for (Assignment.Watched watched : published.watched()) {
            version = Math.max(version, watched.since());
        }
        changed = true;
    }

    void remove(int node) {
        leave(node);
        watches.remove(node);
    }

    @Nullable
    Watch of(int node) {
        return watches.get(node);
    }

    void enter(int node) {
        Watch watch = watches.get(node);
        if (watch != null && !watch.inRing()) {
            watch.setInRing(true);
            ring.add(node);
            ringChanged = true;
        }
    }

    void leave(int node) {
        Watch watch = watches.get(node);
        if (watch != null && watch.inRing()) {
            watch.setInRing(false);
            ring.remove(node);
            ringChanged = true;
        }
    }

    /** Whether the node says for the first time that it keeps to this version. */
    boolean confirmed(int node, long newVersion) {
        Watch watch = watches.get(node);
        if (watch == null) {
            return false;
        }
        int groups = watch.groups().size();
        boolean first = watch.confirms(newVersion);
        if (watch.groups().size() != groups) {
            changed = true;
            ringChanged |= Watch.wasFull(groups);
        }
        return first;
    }

    void fenced(Watch watch) {
        watch.fenced(++version);
        changed = true;
    }

    /** Those who watch a node and those it watches. */
    List<Integer> neighbours(int node) {
        Watch watch = watches.get(node);
        if (watch == null) {
            return List.of();
        }
        Set<Integer> neighbours = new LinkedHashSet<>(watch.latestWatchers());
        watch.published().watched().forEach(watched -> neighbours.add(watched.node()));
        return List.copyOf(neighbours);
    }

    /** Makes what assignments have changed. */
    void publish() {
        if (!changed && !ringChanged) {
            return;
        }
        long next = version + 1;
        if (ringChanged) {
            ring.watchers().forEach((node, watchers) -> {
                Watch watch = watches.get(node);
                if (watch != null) {
                    watch.regroup(watchers, next);
                }
            });
        }
        changed = false;
        ringChanged = false;
        Map<Integer, List<Assignment.Watched>> watchedBy = watchedBy();
        for (Watch watch : watches.values()) {
            List<Assignment.Watched> watched = watchedBy.getOrDefault(watch.node, List.of());
            Assignment published = watch.published();
            boolean regrouped =
                    !watch.groups().isEmpty() && watch.groups().getLast().version() == next;
            if (regrouped || !published.watched().equals(watched)) {
                List<Integer> watchers = watch.inRing() ? watch.latestWatchers() : published.watchers();
                watch.publish(new Assignment(next, watchers, watched));
                outbox.add(new HealthOutput.Assign(watch.node, watch.published(), watch.groups()));
                version = next;
            }
        }
    }

    /** A node is watched by all from whom it may believe to hold a lease, until it confirms that it does no more. */
    private Map<Integer, List<Assignment.Watched>> watchedBy() {
        Map<Integer, List<Assignment.Watched>> watchedBy = new HashMap<>();
        for (Watch watch : watches.values()) {
            if (watch.inRing()) {
                Set<Integer> watchers = new LinkedHashSet<>();
                watch.groups().forEach(group -> watchers.addAll(group.watchers()));
                Assignment.Watched entry = new Assignment.Watched(watch.node, watch.since());
                watchers.forEach(watcher -> watchedBy
                        .computeIfAbsent(watcher, w -> new ArrayList<>())
                        .add(entry));
            }
        }
        return watchedBy;
    }
}
