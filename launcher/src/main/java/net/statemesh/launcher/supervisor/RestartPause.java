// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import java.time.Duration;
import net.statemesh.daemon.Backoff;

/** How long to wait before the next start: doubles with every quick death, forgets after a long life. */
public record RestartPause(int quickDeaths) {
    public static final RestartPause FRESH = new RestartPause(0);
    static final long LONG_LIFE_MILLIS = 60_000;
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));
    private static final int MAX_DOUBLINGS = 10;

    public RestartPause {
        if (quickDeaths < 0) {
            throw new IllegalArgumentException("quickDeaths must not be negative: " + quickDeaths);
        }
    }

    /** After a life of this length. */
    public RestartPause afterLifeOf(long lifeMillis) {
        return new RestartPause(lifeMillis >= LONG_LIFE_MILLIS ? 1 : Math.min(quickDeaths + 1, MAX_DOUBLINGS));
    }

    public long delayMillis() {
        return PAUSES.after(quickDeaths).toMillis();
    }
}
