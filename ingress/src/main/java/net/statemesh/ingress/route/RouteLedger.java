// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes of single applications into the next {@link RouteTable}; the result depends on what the applications want, not on
 * the order in which they were heard of. Used by one thread.
 */
public final class RouteLedger {
    private final Map<String, ApplicationRoutes> applications = new HashMap<>();
    private final Map<String, TreeSet<ApplicationRoutes>> claimants = new HashMap<>();
    private RouteTable table = RouteTable.EMPTY;

    /**
     * A new table.
     *
     * @param ended endpoints whose replica has ended: their connections are drained
     */
    public record Change(RouteTable table, List<Endpoint> ended) {}

    /** Takes what an application wants now; null when that is what it wanted before. */
    public @Nullable Change put(ApplicationRoutes routes) {
        ApplicationRoutes old = applications.put(routes.key(), routes);
        return routes.equals(old) ? null : replace(old, routes);
    }

    /** Forgets an application; null when it was not known. */
    public @Nullable Change remove(String key) {
        ApplicationRoutes old = applications.remove(key);
        return old == null ? null : replace(old, null);
    }

    private Change replace(@Nullable ApplicationRoutes old, @Nullable ApplicationRoutes now) {
        Set<String> touched = new HashSet<>();
        if (old != null) {
            for (String host : hosts(old)) {
                touched.add(host);
                TreeSet<ApplicationRoutes> others = claimants.get(host);
                if (others != null) {
                    others.remove(old);
                }
            }
        }
        if (now != null) {
            for (String host : hosts(now)) {
                touched.add(host);
                claimants
                        .computeIfAbsent(host, any -> new TreeSet<>(ApplicationRoutes.OLDEST_FIRST))
                        .add(now);
            }
        }
        assemble(touched);
        return new Change(table, ended(old, now));
    }

    private void assemble(Set<String> touched) {
        List<HostRoutes> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (String host : touched) {
            Set<ApplicationRoutes> owners = claimants.get(host);
            if (owners == null || owners.isEmpty()) {
                claimants.remove(host);
                removed.add(host);
            } else {
                changed.add(HostRoutes.assemble(host, owners, table.find(host)));
            }
        }
        table = table.with(changed, removed);
    }

    private static List<Endpoint> ended(@Nullable ApplicationRoutes old, @Nullable ApplicationRoutes now) {
        if (old == null) {
            return List.of();
        }
        Set<Endpoint> alive = now == null ? Set.of() : new HashSet<>(now.alive());
        return old.alive().stream()
                .filter(endpoint -> !alive.contains(endpoint))
                .toList();
    }

    private static Set<String> hosts(ApplicationRoutes routes) {
        Set<String> hosts = new HashSet<>();
        routes.paths().forEach(claim -> hosts.add(claim.host()));
        return hosts;
    }

    public RouteTable table() {
        return table;
    }

    /** What an application wants; null when it is not known. */
    public @Nullable ApplicationRoutes application(String key) {
        return applications.get(key);
    }

    /** Number of known applications. */
    public int size() {
        return applications.size();
    }

    /** Keys of all known applications. */
    public Set<String> keys() {
        return Set.copyOf(applications.keySet());
    }

    /** What every known application wants, oldest first. */
    public Collection<ApplicationRoutes> applications() {
        return applications.values().stream()
                .sorted(ApplicationRoutes.OLDEST_FIRST)
                .toList();
    }
}
