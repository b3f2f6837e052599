// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.statemesh.lachesis.Event;
import net.statemesh.lachesis.EventId;

/** Many events, old ones again, and ones whose parents do not exist. */
final class FloodingEmission implements Emission {
    private static final int EVENTS_PER_ROUND = 4;
    private static final int REPETITIONS = 10;
    private static final int ORPHANS = 5;

    private final List<Integer> audience;

    FloodingEmission(List<Integer> audience) {
        this.audience = audience;
    }

    @Override
    public void round(Node node) {
        for (int i = 0; i < EVENTS_PER_ROUND && node.isValidator(); i++) {
            Emission.honest(node, audience);
        }
        SplittableRandom random = node.random();
        List<Event> noise = new ArrayList<>();
        List<Event> known = node.archive().of(node.lachesis().epoch());
        for (int i = 0; i < REPETITIONS && !known.isEmpty(); i++) {
            noise.add(known.get(random.nextInt(known.size())));
        }
        for (int i = 0; i < ORPHANS; i++) {
            noise.add(orphan(node));
        }
        audience.forEach(peer -> node.tell(peer, List.copyOf(noise)));
    }

    private static Event orphan(Node node) {
        int lamport = node.random().nextInt(2, 1000);
        List<EventId> parents = List.of(node.newId(lamport - 1));
        return new Event(node.newId(lamport), node.lachesis().epoch(), 1, node.validator(), lamport, parents, 1);
    }
}
