// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.route;

import java.util.List;
import net.statemesh.ingress.http1.Ascii;

/** One path of one host and the replicas that answer for it. Immutable but for the turn of the round robin. */
public final class PathRoute {
    private final String project;
    private final String application;
    private final ApplicationRoutes.PathClaim claim;
    private final byte[] path;
    private final Endpoint[] endpoints;
    // a lost update between loops only shifts a turn
    private int turn;

    PathRoute(String project, String application, ApplicationRoutes.PathClaim claim) {
        this.project = project;
        this.application = application;
        this.claim = claim;
        this.path = Ascii.bytes(claim.exact() ? claim.path() : withoutTrailingSlash(claim.path()));
        this.endpoints = claim.endpoints().toArray(Endpoint[]::new);
    }

    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Whether a request for {@code bytes[from, to)} (no query) goes here; prefixes match whole path elements. */
    boolean matches(byte[] bytes, int from, int to) {
        int length = to - from;
        if (claim.exact() ? length != path.length : length < path.length) {
            return false;
        }
        for (int i = 0; i < path.length; i++) {
            if (bytes[from + i] != path[i]) {
                return false;
            }
        }
        // `OPTIONS *` has no elements and goes where the root goes
        return length == path.length || claim.exact() || bytes[from + path.length] == '/' || path.length == 0;
    }

    boolean sameAs(String otherProject, String otherApplication, ApplicationRoutes.PathClaim otherClaim) {
        return project.equals(otherProject) && application.equals(otherApplication) && claim.equals(otherClaim);
    }

    /** Whether this is the other one, perhaps with other replicas. */
    boolean isPlaceOf(PathRoute other) {
        return project.equals(other.project)
                && application.equals(other.application)
                && claim.path().equals(other.claim.path())
                && claim.exact() == other.claim.exact();
    }

    boolean isExact() {
        return claim.exact();
    }

    int pathLength() {
        return path.length;
    }

    /** Position at which the next search for an endpoint starts. */
    public int nextTurn() {
        int now = turn;
        turn = now + 1 & Integer.MAX_VALUE;
        return endpoints.length == 0 ? 0 : now % endpoints.length;
    }

    public int endpointCount() {
        return endpoints.length;
    }

    public Endpoint endpoint(int index) {
        return endpoints[index];
    }

    public List<Endpoint> endpoints() {
        return claim.endpoints();
    }

    public Balancing balancing() {
        return claim.balancing();
    }

    public String project() {
        return project;
    }

    public String application() {
        return application;
    }

    String host() {
        return claim.host();
    }

    /** The path as the application wrote it. */
    public String path() {
        return claim.path();
    }

    public int port() {
        return claim.port();
    }
}
