// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

/** How long to wait before the next start: doubles with every quick death, forgets after a long life. */
public record Backoff(int quickDeaths) {
    public static final Backoff FRESH = new Backoff(0);
    static final long FIRST_DELAY_MILLIS = 200;
    static final long LONGEST_DELAY_MILLIS = 30_000;
    static final long LONG_LIFE_MILLIS = 60_000;
    private static final int MAX_DOUBLINGS = 10;

    public Backoff {
        if (quickDeaths < 0) {
            throw new IllegalArgumentException("quickDeaths must not be negative: " + quickDeaths);
        }
    }

    /** After a life of this length. */
    public Backoff afterLifeOf(long lifeMillis) {
        return new Backoff(lifeMillis >= LONG_LIFE_MILLIS ? 1 : Math.min(quickDeaths + 1, MAX_DOUBLINGS));
    }

    public long delayMillis() {
        return quickDeaths == 0 ? 0 : Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << (quickDeaths - 1));
    }
}
