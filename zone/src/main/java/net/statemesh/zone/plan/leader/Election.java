// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.leader;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One candidate's view of an election by a Lease (coordination.k8s.io/v1): says what to do next, is told what came of it. Times are
 * readings of this candidate's own monotonic clock, in nanoseconds; no other clock matters. Used by one thread, with one request under
 * way at most.
 *
 * <p>Never two act at once. Who acts does so for {@link LeaseTimes#actFor} from the moment before its successful renewal was
 * <em>sent</em>. Whoever else wants the Lease saw that renewal later than it was sent, waits the longer {@link LeaseTimes#lease} from
 * then, and writes only over the very version that it saw: a renewal in between makes the write fail.
 *
 * <p>A leader that cannot renew stops acting, and is the leader again with its next renewal that succeeds: that write also succeeds
 * only if nobody had the Lease in between.
 */
public final class Election {
    /** What to do next. */
    public sealed interface Step {
        /** Nothing for so long. */
        record Rest(long nanos) implements Step {}

        /** Get the Lease. */
        record Read() implements Step {}

        /** Write this over the version that it names; create it when that is empty. */
        record Write(LeaseRecord lease) implements Step {}
    }

    private record Sighting(LeaseRecord lease, long sinceNanos) {}

    private final String candidate;
    private final LeaseTimes times;
    private @Nullable Sighting seen;
    private boolean upToDate;
    private long nextNanos;
    private boolean leading;
    private long actUntilNanos;
    private long term;

    /** @param candidate no other process, also no earlier one that may still run, has this name */
    public Election(String candidate, LeaseTimes times, long nowNanos) {
        this.candidate = candidate;
        this.times = times;
        this.nextNanos = nowNanos;
    }

    /** The one thing to do now; tell what came of it before asking again. */
    public Step next(long nowNanos) {
        if (nowNanos - nextNanos < 0) {
            return new Step.Rest(nextNanos - nowNanos);
        }
        Sighting last = seen;
        if (!upToDate || last == null) {
            return new Step.Read();
        }
        LeaseRecord lease = last.lease();
        if (isMine(lease)) {
            return new Step.Write(new LeaseRecord(candidate, times.lease(), lease.transitions(), lease.version()));
        }
        if (isFree(lease) || nowNanos - expiry(last) >= 0) {
            return new Step.Write(new LeaseRecord(candidate, times.lease(), lease.transitions() + 1, lease.version()));
        }
        return new Step.Read();
    }

    /** The answer to a {@link Step.Read}. */
    public void saw(LeaseRecord lease, long nowNanos) {
        Sighting before = seen;
        boolean renewed = before == null || !before.lease().version().equals(lease.version());
        Sighting last = before == null || renewed ? new Sighting(lease, nowNanos) : before;
        seen = last;
        upToDate = true;
        if (isMine(lease) || isFree(lease)) {
            nextNanos = nowNanos;
        } else {
            // a look too early each time, so that one that came late after a renewal comes sooner after the next
            Duration pause = renewed ? times.retry().minus(times.look()) : times.look();
            nextNanos = earlier(nowNanos + pause.toNanos(), expiry(last));
        }
        leading &= isMine(lease);
    }

    /**
     * A {@link Step.Write} succeeded.
     *
     * @param lease with the version that it has now
     * @param sentNanos before the request was sent
     */
    public void wrote(LeaseRecord lease, long sentNanos, long nowNanos) {
        seen = new Sighting(lease, nowNanos);
        upToDate = true;
        if (isMine(lease)) {
            term += leading ? 0 : 1;
            actUntilNanos = sentNanos + times.actFor().toNanos();
        }
        leading = isMine(lease);
        nextNanos = sentNanos + times.retry().toNanos();
    }

    /** A {@link Step.Write} was refused: the Lease has another version by now. */
    public void refused(long nowNanos) {
        seen = null;
        upToDate = false;
        nextNanos = nowNanos;
    }

    /** No answer, or one that says nothing about the Lease. A write may have been done or may still be. */
    public void failed(long nowNanos) {
        upToDate = false;
        nextNanos = nowNanos + times.retry().dividedBy(2).toNanos();
    }

    /** What to write when this candidate goes, so that the next need not wait; null when it does not lead. Act no more before it. */
    public Step.@Nullable Write release() {
        Sighting last = seen;
        if (!leading || last == null) {
            return null;
        }
        LeaseRecord lease = last.lease();
        return new Step.Write(new LeaseRecord("", times.lease(), lease.transitions(), lease.version()));
    }

    /** Counts the times that this candidate became the leader; 0 while it is not. It may be the leader and still not act. */
    public long term() {
        return leading ? term : 0;
    }

    /** Until when this candidate may act, if {@link #term} is not 0. */
    public long actUntilNanos() {
        return actUntilNanos;
    }

    private boolean isMine(LeaseRecord lease) {
        return lease.holder().equals(candidate);
    }

    /** A Lease that is not there may have been deleted under a leader that acts. */
    private static boolean isFree(LeaseRecord lease) {
        return lease.exists() && lease.holder().isEmpty();
    }

    private static long expiry(Sighting last) {
        return last.sinceNanos() + last.lease().duration().toNanos();
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}
