// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.List;

/**
 * The event is part of the DAG now.
 *
 * @param root whether it is a root: the first event of its creator in a frame
 * @param blocks the blocks that it decided, oldest first, mostly none
 */
public record Accepted(boolean root, List<Block> blocks) implements Processed {
    public Accepted {
        blocks = List.copyOf(blocks);
    }
}
