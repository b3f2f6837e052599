// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

/** How a world ended. */
public sealed interface Ending {
    /** Everything held that must hold. */
    record Held(Statistics statistics) implements Ending {}

    /** The first thing that must not happen, and did. */
    record Broken(long seed, long atMillis, Violation kind, String what) implements Ending {}

    /** Which promise was broken. */
    enum Violation {
        /** A node was called dead that could be reached. */
        FALSE_VERDICT,
        /** A death was not found in time. */
        LATE_VERDICT,
        /** Two nodes could use at once what only one may hold. */
        HELD_TWICE,
        /** In the calm at the end, somebody stands wrongly with the master. */
        NOT_RECOVERED
    }

    /**
     * What happened.
     *
     * @param nodeSeconds true time that nodes were up
     * @param deaths machines that went away while the master could notice
     * @param slowestMillis longest time from such a death to its verdict
     * @param totalMillis of all of them
     * @param verdicts nodes called dead
     * @param moved resources that went to other nodes
     * @param withheld how often the master decided to decide nothing
     * @param sent envelopes
     */
    record Statistics(
            long steps,
            long nodeSeconds,
            int deaths,
            int slowestMillis,
            long totalMillis,
            int verdicts,
            int moved,
            int withheld,
            long sent) {
        private static final int SECONDS_PER_DAY = 86_400;

        @Override
        public String toString() {
            return "%.2f node-days, %d deaths found in %d ms on average and %d at most, %d verdicts, %d moves, %d times withheld, %d messages"
                    .formatted(
                            (double) nodeSeconds / SECONDS_PER_DAY,
                            deaths,
                            deaths == 0 ? 0 : totalMillis / deaths,
                            slowestMillis,
                            verdicts,
                            moved,
                            withheld,
                            sent);
        }
    }
}
