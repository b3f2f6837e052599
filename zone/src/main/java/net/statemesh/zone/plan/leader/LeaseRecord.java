// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.leader;

import java.time.Duration;

/**
 * A Lease as the API server holds it. The times that its writer put there are for people: no clock but one's own is trusted.
 *
 * @param holder candidate that leads; empty when the last one let go
 * @param duration how long the holder wants to be waited for
 * @param transitions how often another candidate than before has taken it
 * @param version resource version; empty when there is no Lease
 */
public record LeaseRecord(String holder, Duration duration, int transitions, String version) {
    /** Longer waits are not believed: a Lease that was written by hand must not stop a zone for ever. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    public LeaseRecord {
        duration = duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    /** There is no Lease. */
    public static LeaseRecord absent(Duration duration) {
        return new LeaseRecord("", duration, 0, "");
    }

    boolean exists() {
        return !version.isEmpty();
    }
}
