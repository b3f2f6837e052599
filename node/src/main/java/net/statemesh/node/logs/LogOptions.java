// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.logs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a log is wanted, and how.
 *
 * @param follow go on until the container ends
 * @param tailLines only that many lines from the end; null: all
 * @param since only entries at or after this time; null: all
 * @param timestamps each line begins with its time
 * @param limitBytes end after that many bytes; null: no limit
 */
public record LogOptions(
        boolean follow,
        @Nullable Long tailLines,
        @Nullable Instant since,
        boolean timestamps,
        @Nullable Long limitBytes) {
    /** The whole log as it is now. */
    public static final LogOptions ALL = new LogOptions(false, null, null, false, null);
}
