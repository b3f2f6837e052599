// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.member;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.health.protocol.Timing;

/**
 * The lease of this node. It is held while a majority of the node and its watchers say so, or the master does. Every grant counts from
 * when the node asked for it, so that whoever granted it knows a later end.
 */
final class Hold {
    private final SendTimes toMaster = new SendTimes();
    private final SendTimes toWatchers = new SendTimes();
    private final Map<Integer, Long> grantedUntilMillis = new HashMap<>();
    private List<Integer> watchers = List.of();
    /** So few watchers that they have no say; others never take over from such a node by themselves. */
    private boolean alone;

    private long watchersUntilMillis = Long.MIN_VALUE;
    private long masterUntilMillis = Long.MIN_VALUE;
    /** What was held when the watchers changed. */
    private long carriedUntilMillis = Long.MIN_VALUE;

    long nextToMaster(long nowMillis) {
        return toMaster.next(nowMillis);
    }

    long nextToWatchers(long nowMillis) {
        return toWatchers.next(nowMillis);
    }

    void assigned(List<Integer> newWatchers, long nowMillis) {
        if (newWatchers.equals(watchers) && alone == (Timing.grantsNeeded(newWatchers.size()) == 0)) {
            return;
        }
        carriedUntilMillis = Math.min(untilMillis(), nowMillis + Timing.LEASE_MILLIS);
        watchers = newWatchers;
        alone = Timing.grantsNeeded(watchers.size()) == 0;
        grantedUntilMillis.keySet().retainAll(watchers);
        countGrants();
    }

    void grantedByMaster(long heartbeat) {
        toMaster.sentMillis(heartbeat)
                .ifPresent(sent -> masterUntilMillis = Math.max(masterUntilMillis, sent + Timing.LEASE_MILLIS));
    }

    void grantedBy(int watcher, long heartbeat) {
        if (watchers.contains(watcher)) {
            toWatchers
                    .sentMillis(heartbeat)
                    .ifPresent(sent -> grantedUntilMillis.merge(watcher, sent + Timing.LEASE_MILLIS, Math::max));
            countGrants();
        }
    }

    /** First moment at which the lease is over if nothing more comes; may be past. */
    long untilMillis() {
        return Math.max(carriedUntilMillis, Math.max(masterUntilMillis, watchersUntilMillis()));
    }

    /** Until when enough watchers have granted it. */
    long watchersUntilMillis() {
        return watchersUntilMillis;
    }

    private void countGrants() {
        int needed = Timing.grantsNeeded(watchers.size());
        if (needed == 0) {
            watchersUntilMillis = alone ? Long.MAX_VALUE : Long.MIN_VALUE;
            return;
        }
        long[] ends = new long[watchers.size()];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = grantedUntilMillis.getOrDefault(watchers.get(i), Long.MIN_VALUE);
        }
        Arrays.sort(ends);
        watchersUntilMillis = ends[ends.length - needed];
    }
}
