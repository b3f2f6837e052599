// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which events are part of a block. */
final class Confirmation {
    private final Dag dag;
    private final BitSet confirmed = new BitSet();

    Confirmation(Dag dag) {
        this.dag = dag;
    }

    /** Confirms the event and what it observes, depth first: the last parent before the others, the self-parent last. */
    List<EventId> confirm(int atropos) {
        List<EventId> order = new ArrayList<>();
        IntList stack = new IntList();
        stack.add(atropos);
        while (!stack.isEmpty()) {
            int event = stack.removeLast();
            if (confirmed.get(event)) {
                continue;
            }
            confirmed.set(event);
            order.add(dag.id(event));
            for (int place = dag.parentsStart(event); place < dag.parentsEnd(event); place++) {
                stack.add(dag.parentAt(place));
            }
        }
        return order;
    }
}
