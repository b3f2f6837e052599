// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.List;

/**
 * A decided frame.
 *
 * @param number from 1, over all epochs
 * @param atropos the elected root of the frame
 * @param cheaters validators whose forks the atropos observes, in canonical order
 * @param confirmed events confirmed by this block and no earlier one, in the order of a depth-first walk from the atropos; empty when an
 *     earlier atropos observed this one
 */
public record Block(long number, int epoch, int frame, EventId atropos, List<Long> cheaters, List<EventId> confirmed) {
    public Block {
        cheaters = List.copyOf(cheaters);
        confirmed = List.copyOf(confirmed);
    }

    /** The confirmed events as an application executes them: by epoch, Lamport time, hash. */
    public List<EventId> inExecutionOrder() {
        return confirmed.stream().sorted().toList();
    }
}
