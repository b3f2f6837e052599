// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.ArrayList;
import java.util.List;
import net.statemesh.health.protocol.Assignment;

/** Who watches one node, as far as the master has told, and been told back. */
final class Watch {
    /** With so many unconfirmed groups, a node keeps the last one until it confirms. */
    private static final int MAX_GROUPS = 4;

    final int node;
    /** All groups from which the node may hold a lease, oldest first. */
    private final List<Group> groups = new ArrayList<>();

    private Assignment published;
    private long confirmed;
    private long since;
    private boolean inRing;

    Watch(int node, Assignment published, List<Group> groups) {
        this.node = node;
        this.published = published;
        this.groups.addAll(groups);
    }

    List<Group> groups() {
        return List.copyOf(groups);
    }

    List<Integer> latestWatchers() {
        return groups.isEmpty() ? List.of() : groups.getLast().watchers();
    }

    /** Whether the node had so many unconfirmed groups that it may have kept one that is no longer wanted. */
    static boolean wasFull(int groups) {
        return groups >= MAX_GROUPS;
    }

    /** Whether the watchers become these; not while too many changes are unconfirmed. */
    boolean regroup(List<Integer> watchers, long version) {
        if ((!groups.isEmpty() && latestWatchers().equals(watchers)) || groups.size() >= MAX_GROUPS) {
            return false;
        }
        groups.add(new Group(version, watchers));
        return true;
    }

    /** Whether the node says for the first time that it keeps to this version. */
    boolean confirms(long version) {
        if (version == confirmed) {
            return false;
        }
        confirmed = version;
        while (groups.size() > 1 && groups.get(1).version() <= version) {
            groups.removeFirst();
        }
        return true;
    }

    /** Nothing that was granted to the node under an earlier version counts any more. */
    void fenced(long version) {
        groups.clear();
        since = version;
    }

    long since() {
        return since;
    }

    long confirmed() {
        return confirmed;
    }

    Assignment published() {
        return published;
    }

    void publish(Assignment assignment) {
        published = assignment;
    }

    boolean inRing() {
        return inRing;
    }

    void setInRing(boolean in) {
        inRing = in;
    }
}
