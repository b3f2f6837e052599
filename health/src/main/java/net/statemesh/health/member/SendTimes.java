// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.member;

import java.util.OptionalLong;

/** When the last heartbeats were sent, by number; older ones are forgotten. */
final class SendTimes {
    private static final int KEPT = 64;

    private final long[] sentMillis = new long[KEPT];
    private long last;

    /** Number of the next heartbeat; numbers start at 1. */
    long next(long nowMillis) {
        last++;
        sentMillis[(int) (last % KEPT)] = nowMillis;
        return last;
    }

    OptionalLong sentMillis(long number) {
        return number > 0 && number <= last && number > last - KEPT
                ? OptionalLong.of(sentMillis[(int) (number % KEPT)])
                : OptionalLong.empty();
    }
}
