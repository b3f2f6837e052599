// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.Optional;

/** The application's word on when an epoch ends. It must depend on the blocks only, so that every validator seals at the same one. */
@FunctionalInterface
public interface SealingRule {
    /**
     * The validators of the next epoch if this block is the last of its epoch. Called once for every block, in order.
     *
     * @param validators those of the epoch that the block belongs to
     */
    Optional<Validators> validatorsAfter(Block block, Validators validators);

    /** An epoch that never ends. */
    static SealingRule never() {
        return (block, validators) -> Optional.empty();
    }
}
