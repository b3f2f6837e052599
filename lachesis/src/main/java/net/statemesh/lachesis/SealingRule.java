// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.Optional;

/** The application's word on when an epoch ends. It must depend on the blocks only, so that every validator seals at the same one. */
@FunctionalInterface
public interface SealingRule {
    /** The validators of the next epoch if this block is the last of its epoch. Called once for every block, in order. */
    Optional<Validators> validatorsAfter(Block block);

    /** An epoch that never ends. */
    static SealingRule never() {
        return block -> Optional.empty();
    }
}
