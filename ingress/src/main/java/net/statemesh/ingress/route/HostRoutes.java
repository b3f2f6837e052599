// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.statemesh.ingress.http1.Ascii;
import org.jspecify.annotations.Nullable;

/** Everything behind one host: exact paths first, then prefixes, longest first. */
public final class HostRoutes {
    private final String host;
    private final byte[] hostBytes;
    private final int hash;
    private final PathRoute[] routes;

    private HostRoutes(String host, List<PathRoute> routes) {
        this.host = host;
        this.hostBytes = Ascii.bytes(host);
        this.hash = hash(hostBytes, 0, hostBytes.length);
        this.routes = routes.toArray(PathRoute[]::new);
    }

    /**
     * Decides who answers for a host: the project that claimed it first, and in it for each path the older application.
     *
     * @param claimants in the order of {@link ApplicationRoutes#OLDEST_FIRST}; at least one
     * @param previous routes of this host so far, whose unchanged parts are kept
     */
    static HostRoutes assemble(String host, Iterable<ApplicationRoutes> claimants, @Nullable HostRoutes previous) {
        String owner = null;
        Set<String> taken = new HashSet<>();
        List<PathRoute> routes = new ArrayList<>();
        for (ApplicationRoutes claimant : claimants) {
            owner = owner == null ? claimant.project() : owner;
            for (ApplicationRoutes.PathClaim claim : claimant.paths()) {
                boolean wanted = claim.host().equals(host) && owner.equals(claimant.project());
                if (wanted && taken.add(claim.exact() + claim.path())) {
                    routes.add(kept(previous, claimant, claim));
                }
            }
        }
        routes.sort(Comparator.comparing(PathRoute::isExact)
                .thenComparingInt(PathRoute::pathLength)
                .reversed());
        return new HostRoutes(host, routes);
    }

    private static PathRoute kept(
            @Nullable HostRoutes previous, ApplicationRoutes claimant, ApplicationRoutes.PathClaim claim) {
        if (previous != null) {
            for (PathRoute route : previous.routes) {
                if (route.sameAs(claimant.project(), claimant.application(), claim)) {
                    return route;
                }
            }
        }
        return new PathRoute(claimant.project(), claimant.application(), claim);
    }

    /** The route for the path {@code bytes[from, to)}, without query; null when none fits. */
    public @Nullable PathRoute find(byte[] bytes, int from, int to) {
        for (PathRoute route : routes) {
            if (route.matches(bytes, from, to)) {
                return route;
            }
        }
        return null;
    }

    public String host() {
        return host;
    }

    /** Best match first. */
    public List<PathRoute> routes() {
        return List.of(routes);
    }

    int hash() {
        return hash;
    }

    boolean isFor(int otherHash, byte[] bytes, int from, int to) {
        return hash == otherHash && Ascii.equalsIgnoreCase(bytes, from, to, hostBytes);
    }

    /** Hash of a host in any case. */
    static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int at = from; at < to; at++) {
            hash = hash * 31 + Ascii.lower(bytes[at]);
        }
        return hash * 0x9E3779B9;
    }
}
