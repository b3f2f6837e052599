// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

/** A machine's monotonic clock: it starts anywhere and runs a little fast or slow. */
final class LocalClock {
    private static final int RATE_UNIT = 1_000_000;

    private final long startMillis;
    private final long rate;

    /** @param offPerMillion how many millionths it is fast */
    LocalClock(long startMillis, int offPerMillion) {
        this.startMillis = startMillis;
        this.rate = (long) RATE_UNIT + offPerMillion;
    }

    /** What it shows. */
    long millis(long trueMillis) {
        return startMillis + trueMillis * rate / RATE_UNIT;
    }

    /** How long until it shows that time; at least 1. */
    long trueMillisUntil(long localMillis, long trueMillis) {
        long aheadMillis = localMillis - millis(trueMillis);
        return Math.max(1, (aheadMillis * RATE_UNIT + rate - 1) / rate);
    }
}
