// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.protocol;

import java.util.List;
import java.util.Optional;

/**
 * Whom a node watches and by whom it is watched. Nodes read it from the API; what else they read there is at least as new.
 *
 * @param version grows with every assignment that the zone makes; 0 for none yet
 * @param watchers those who watch this node and grant its lease
 * @param watched those whom this node watches
 */
public record Assignment(long version, List<Integer> watchers, List<Watched> watched) {
    public static final Assignment NONE = new Assignment(0, List.of(), List.of());

    public Assignment {
        watchers = List.copyOf(watchers);
        watched = List.copyOf(watched);
    }

    /**
     * A node that is watched.
     *
     * @param since a lease is granted to the node only if it keeps to this version or a later one: what it held before went to others
     */
    public record Watched(int node, long since) {}

    public Optional<Watched> watching(int node) {
        for (Watched entry : watched) {
            if (entry.node() == node) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
