// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.leader;

import java.time.Duration;

/**
 * The clockwork of an election.
 *
 * @param lease how long after its last seen renewal a leader is waited for; whole seconds, as the Lease says it
 * @param actFor how long after sending a renewal that succeeded its sender may act; what is left of {@code lease} is the distance
 *     between one leader's last act and the next one's first: drift of clocks and requests under way
 * @param retry between two renewals
 * @param look between two looks at a Lease whose renewal is due: so late at most is the last renewal of a dead leader seen
 */
public record LeaseTimes(Duration lease, Duration actFor, Duration retry, Duration look) {
    /**
     * A dead leader is followed within {@code lease} and {@code look}: 2.05 s. An API server that takes up to {@code actFor - retry} for
     * a renewal interrupts nothing.
     */
    public static final LeaseTimes DEFAULT = new LeaseTimes(
            Duration.ofSeconds(2), Duration.ofMillis(1400), Duration.ofMillis(400), Duration.ofMillis(50));

    public LeaseTimes {
        if (!lease.equals(Duration.ofSeconds(lease.toSeconds()))) {
            throw new IllegalArgumentException("lease must be whole seconds: " + lease);
        }
        if (!retry.isPositive() || retry.compareTo(actFor) >= 0 || actFor.compareTo(lease) >= 0) {
            throw new IllegalArgumentException(
                    "0 < retry < actFor < lease must hold: retry " + retry + ", actFor " + actFor + ", lease " + lease);
        }
        if (!look.isPositive() || look.compareTo(retry) >= 0) {
            throw new IllegalArgumentException("0 < look < retry must hold: look " + look + ", retry " + retry);
        }
    }
}
