// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.health;

import java.util.List;

/**
 * One node's part in the health protocol, as JSON in its Secret {@link #secretName}, key {@link #KEY}: written by the master, read by the
 * node's agent, and by nobody else.
 *
 * @param number of the node in messages
 * @param master where heartbeats go; its number is 0
 * @param version of the assignment
 * @param watchers numbers of those who watch this node
 * @param watched those whom it watches
 * @param groups all groups from which this node may still hold a lease; only a master that starts reads them
 * @param peers how to reach each watcher and each watched node
 */
public record HealthDocument(
        int number,
        Peer master,
        long version,
        List<Integer> watchers,
        List<Watched> watched,
        List<Group> groups,
        List<Peer> peers) {
    /** Key of the document in its Secret. */
    public static final String KEY = "health.json";

    public HealthDocument {
        watchers = List.copyOf(watchers);
        watched = List.copyOf(watched);
        groups = List.copyOf(groups);
        peers = List.copyOf(peers);
    }

    /** A node that is watched; {@code since} is the first version under which it may be granted a lease. */
    public record Watched(int node, long since) {}

    /** The watchers of a version. */
    public record Group(long version, List<Integer> watchers) {
        public Group {
            watchers = List.copyOf(watchers);
        }
    }

    /**
     * Somebody to talk to.
     *
     * @param address IP address, with {@code port} of UDP
     * @param key shared with this one only, in base64
     */
    public record Peer(int number, String address, int port, String key) {
        /** Leaves the key out. */
        @Override
        public String toString() {
            return "Peer[number=" + number + ", address=" + address + ", port=" + port + "]";
        }
    }

    /** Secret in the zone's own namespace that holds a node's document. */
    public static String secretName(String node) {
        return "health-" + node;
    }
}
