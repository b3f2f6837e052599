// SPDX-License-Identifier: Apache-2.0
package net.statemesh.load;

import java.time.Instant;

/**
 * What became of one request.
 *
 * @param millis until the whole answer was there, or nothing more was expected
 * @param status of the answer; 0 when there was none
 * @param trouble why there was none; empty when there was one
 */
public record Outcome(Instant sentAt, long millis, int status, String trouble) {
    private static final int OK = 200;

    public boolean failed() {
        return status != OK;
    }

    public Instant endedAt() {
        return sentAt.plusMillis(millis);
    }
}
