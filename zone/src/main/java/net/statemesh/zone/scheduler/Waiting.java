// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.Set;

/** A pod without a node, and what is known about why. */
final class Waiting {
    /** Filters whose answer changes with other pods than those of the node that is asked. */
    private static final Set<String> AROUND = Set.of("Spread", "Near", "Apart");

    private final PodRequest pod;
    private final long sinceMillis;
    private boolean refusedForOthers;

    Waiting(PodRequest pod, long sinceMillis) {
        this.pod = pod;
        this.sinceMillis = sinceMillis;
    }

    PodRequest pod() {
        return pod;
    }

    long sinceMillis() {
        return sinceMillis;
    }

    void refused(Decision decision) {
        refusedForOthers = decision.tallies().stream().map(Tally::filter).anyMatch(AROUND::contains);
    }

    /** Whether pods elsewhere can be what keeps it from a node. */
    boolean refusedForOthers() {
        return refusedForOthers;
    }
}
