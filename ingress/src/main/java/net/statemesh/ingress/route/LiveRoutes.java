// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.statemesh.api.ZoneSettings;
import org.jspecify.annotations.Nullable;

/** The routes of this moment: one writer at a time, readers without locks. */
public final class LiveRoutes implements Supplier<Routes> {
    private final RouteLedger ledger = new RouteLedger();
    private final List<Consumer<List<Endpoint>>> drains = new ArrayList<>();
    private final Set<String> unsaved = new HashSet<>();
    private volatile Routes now = Routes.NONE;
    private volatile long changes;

    @Override
    public Routes get() {
        return now;
    }

    /** Asks to be told which endpoints' replicas have ended. */
    public synchronized void onEnded(Consumer<List<Endpoint>> drain) {
        drains.add(drain);
    }

    /** Takes what applications want now; no replica is lost. */
    public void apply(@Nullable ZoneSettings zone, Collection<ApplicationRoutes> wanted, Collection<String> removed) {
        apply(zone, wanted, removed, Set.of());
    }

    /**
     * Takes what applications want now, and puts the new table in use at once.
     *
     * @param removed keys of applications that are no more
     * @param lost all replicas whose node is dead
     */
    public synchronized void apply(
            @Nullable ZoneSettings zone,
            Collection<ApplicationRoutes> wanted,
            Collection<String> removed,
            Set<Endpoint> lost) {
        List<Endpoint> ended = new ArrayList<>();
        boolean changed = (zone != null && !zone.equals(now.zone())) || !lost.equals(now.lost());
        for (ApplicationRoutes routes : wanted) {
            changed |= note(routes.key(), ledger.put(routes), ended);
        }
        for (String key : removed) {
            changed |= note(key, ledger.remove(key), ended);
        }
        if (changed) {
            now = new Routes(ledger.table(), zone == null ? now.zone() : zone, lost);
            changes++;
            drains.forEach(drain -> drain.accept(ended));
        }
    }

    private boolean note(String key, RouteLedger.@Nullable Change change, List<Endpoint> ended) {
        if (change != null) {
            unsaved.add(key);
            ended.addAll(change.ended());
        }
        return change != null;
    }

    /** Everything needed to serve again after a restart; what changes from now on is in {@link #takeUnsaved}. */
    public synchronized SavedRoutes saved() {
        unsaved.clear();
        return new SavedRoutes(now.zone(), List.copyOf(ledger.applications()), List.of());
    }

    /** What has changed since this or {@link #saved} was called last. */
    public synchronized SavedRoutes takeUnsaved() {
        List<ApplicationRoutes> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String key : unsaved) {
            ApplicationRoutes routes = ledger.application(key);
            if (routes == null) {
                removed.add(key);
            } else {
                changed.add(routes);
            }
        }
        unsaved.clear();
        return new SavedRoutes(now.zone(), changed, removed);
    }

    /** Whether most of the applications have changed since they were saved. */
    public synchronized boolean isMostlyUnsaved() {
        return 2 * unsaved.size() > ledger.size();
    }

    /** Keys of all known applications. */
    public synchronized Collection<String> keys() {
        return ledger.keys();
    }

    /** How often the routes have changed since the start. */
    public long changes() {
        return changes;
    }
}
