// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import net.statemesh.ingress.Limits;

/** Counts a request's body: how much, and whether its client keeps up a minimal pace while it is being read. */
final class RequestBodyPace {
    private long bytes;
    private int readingSeconds;
    private int lastProgressTick;

    void begin(int tick) {
        bytes = 0;
        readingSeconds = 0;
        lastProgressTick = tick;
    }

    void received(int count, int tick) {
        bytes += count;
        lastProgressTick = tick;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Whether the client is too slow; called once a second.
     *
     * @param reading whether the router wants more; while a replica is slow the client is not to blame
     */
    boolean isTooSlow(int tick, boolean reading, Limits limits) {
        if (!reading) {
            lastProgressTick = tick;
            return false;
        }
        readingSeconds++;
        boolean stalled = tick - lastProgressTick >= limits.bodyIdleSeconds();
        boolean crawling =
                readingSeconds > limits.bodyIdleSeconds() && bytes / readingSeconds < limits.bodyMinBytesPerSecond();
        return stalled || crawling;
    }
}
