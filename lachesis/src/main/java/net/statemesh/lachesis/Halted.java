// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.List;

/**
 * A third or more of the weight is proven Byzantine: agreement can no longer be promised, so nothing is decided from here on and every
 * later call answers the same. People have to choose new validators.
 *
 * @param cheaters validators whose forks are known, in canonical order: the evidence
 * @param cheatersWeight their weight
 * @param toleratedWeight the highest weight of cheaters under which validators agree and go on
 * @param blocks decided by the same event before the detection
 */
public record Halted(Proof proof, List<Long> cheaters, int cheatersWeight, int toleratedWeight, List<Block> blocks)
        implements Processed, Built {
    public Halted {
        cheaters = List.copyOf(cheaters);
        blocks = List.copyOf(blocks);
    }

    Halted withoutBlocks() {
        return new Halted(proof, cheaters, cheatersWeight, toleratedWeight, List.of());
    }

    /** How it shows. */
    public enum Proof {
        /** The validators that forked weigh too much. */
        FORKS,
        /** Votes name two different roots of one validator in one frame. */
        TWO_CANDIDATES,
        /** A voter counts the same validator twice. */
        DOUBLE_VOTE,
        /** A voter stands on less than a quorum. */
        NO_QUORUM,
        /** Every validator of a frame was voted down. */
        NO_ATROPOS
    }
}
