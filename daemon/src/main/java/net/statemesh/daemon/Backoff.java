// SPDX-License-Identifier: Apache-2.0
package net.statemesh.daemon;

import java.time.Duration;

/**
 * How long to wait after failures in a row: the first pause, doubled with each further failure, never more than the longest.
 *
 * @param first after one failure
 * @param longest after many
 */
public record Backoff(Duration first, Duration longest) {
    /** 2^20 times the first pause: beyond any longest one, and far from overflow. */
    private static final int MAX_DOUBLINGS = 20;

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "first must be positive and longest not shorter: first " + first + ", longest " + longest);
        }
    }

    /**
     * The pause after that many failures.
     *
     * @param failuresInARow 0 or less gives no pause
     */
    public Duration after(int failuresInARow) {
        if (failuresInARow <= 0) {
            return Duration.ZERO;
        }
        Duration pause = first.multipliedBy(1L << Math.min(failuresInARow - 1, MAX_DOUBLINGS));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }
}
