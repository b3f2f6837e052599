// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.List;
import net.statemesh.lachesis.Event;

/** Creates events and keeps most of them back; some reach a single peer. */
final class SilentEmission implements Emission {
    private static final int ROUNDS_PER_WORD = 6;

    private final List<Integer> audience;

    SilentEmission(List<Integer> audience) {
        this.audience = audience;
    }

    @Override
    public void round(Node node) {
        Event event = node.create(node.chooseParents(node.lastOwn()));
        if (event != null
                && node.own(event)
                && !audience.isEmpty()
                && node.random().nextInt(ROUNDS_PER_WORD) == 0) {
            node.tell(audience.get(node.random().nextInt(audience.size())), List.of(event));
        }
    }
}
