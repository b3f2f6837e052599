// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import java.util.ArrayList;
import java.util.Collection;
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
            changed |= note(ledger.put(routes), ended);
        }
        for (String key : removed) {
            changed |= note(ledger.remove(key), ended);
        }
        if (changed) {
            now = new Routes(ledger.table(), zone == null ? now.zone() : zone, lost);
            changes++;
            drains.forEach(drain -> drain.accept(ended));
        }
    }

    private static boolean note(RouteLedger.@Nullable Change change, List<Endpoint> ended) {
        if (change != null) {
            ended.addAll(change.ended());
        }
        return change != null;
    }

    /** Everything needed to serve again after a restart. */
    public synchronized SavedRoutes saved() {
        return new SavedRoutes(now.zone(), List.copyOf(ledger.applications()));
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
