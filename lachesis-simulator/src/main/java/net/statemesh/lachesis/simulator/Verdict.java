// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

/** How a world ended. */
public sealed interface Verdict {
    /** Everything held, at every step. */
    record Held(Statistics statistics) implements Verdict {}

    /** Something broke; the seed leads to the same step again. */
    record Broken(long seed, long step, long atMillis, Violation violation) implements Verdict {
        @Override
        public String toString() {
            return "seed " + seed + ", step " + step + ", " + atMillis + " ms: " + violation.kind() + ": "
                    + violation.what();
        }
    }

    /** Counts that show that something happened. */
    record Statistics(
            long steps,
            long events,
            long blocks,
            int epochs,
            long rejected,
            int restarts,
            int cheaters,
            int roundsToRecover) {
        @Override
        public String toString() {
            return steps + " steps, " + events + " events, " + blocks + " blocks, " + epochs + " epochs, " + rejected
                    + " rejected, " + restarts + " restarts, " + cheaters + " cheaters found, recovered in "
                    + roundsToRecover + " rounds";
        }
    }
}
