// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long nodes have been silent, by the master's own clock: what counts is when a renewal was seen, not what its time says, so that clocks
 * of nodes may be wrong. A node reports when a renewal was seen to change; before that nothing is known of it. A node is judged only after the master itself has watched it for the whole period without a gap; whenever the
 * master could not see (its start, an API server that was away, a machine that slept), every node starts anew.
 *
 * <p>Not safe for use by several threads.
 */
public final class LeaseWatch {
    /** A node that has not renewed its lease for so long does not report. */
    public static final Duration SILENT_AFTER = Duration.ofSeconds(40);
    /** A node that has been silent for so long is lost: its replicas are replaced. */
    public static final Duration LOST_AFTER = Duration.ofMinutes(5);

    /** What the silence of a node means. */
    public enum Verdict {
        /** Neither a renewal nor a long enough silence was seen yet: whatever was said of the node before stays. */
        UNDECIDED,
        REPORTS,
        SILENT,
        LOST
    }

    private record Seen(@Nullable String renewal, long atNanos, boolean renewed) {}

    private final Map<String, Seen> seen = new HashMap<>();

    /**
     * A lease as it is now.
     *
     * @param renewal time that the node wrote; only compared for equality
     * @param nowNanos the master's monotonic clock
     */
    public void observe(String node, @Nullable String renewal, long nowNanos) {
        Seen before = seen.get(node);
        if (before == null || (renewal != null && !renewal.equals(before.renewal()))) {
            boolean renewed = before != null && before.renewal() != null;
            seen.put(node, new Seen(renewal, nowNanos, renewed));
        }
    }

    /** The master could not see for a while: no silence until now counts. */
    public void startAnew(long nowNanos) {
        seen.replaceAll((node, before) -> new Seen(before.renewal(), nowNanos, false));
    }

    public void forget(String node) {
        seen.remove(node);
    }

    /** A node that was never observed is taken note of. */
    public Verdict judge(String node, long nowNanos) {
        observe(node, null, nowNanos);
        Seen last = seen.get(node);
        long silentNanos = last == null ? 0 : nowNanos - last.atNanos();
        if (silentNanos >= LOST_AFTER.toNanos()) {
            return Verdict.LOST;
        }
        if (silentNanos >= SILENT_AFTER.toNanos()) {
            return Verdict.SILENT;
        }
        return last != null && last.renewed() ? Verdict.REPORTS : Verdict.UNDECIDED;
    }
}
