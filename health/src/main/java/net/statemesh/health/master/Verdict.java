// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.List;

/**
 * A node stands differently from now on.
 *
 * @param atMillis by the master's monotonic clock
 * @param silentMillis since the master itself heard the node
 * @param phi suspicion then: negative decimal logarithm of the chance that so long a silence means nothing
 * @param testimonies of those who were asked
 */
public record Verdict(
        int node,
        Standing before,
        Standing standing,
        long atMillis,
        long silentMillis,
        double phi,
        List<Testimony> testimonies) {
    public Verdict {
        testimonies = List.copyOf(testimonies);
    }
}
