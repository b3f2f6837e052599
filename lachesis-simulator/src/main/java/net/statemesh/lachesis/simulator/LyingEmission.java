// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.List;
import java.util.SplittableRandom;
import net.statemesh.lachesis.Event;
import net.statemesh.lachesis.EventId;
import org.jspecify.annotations.Nullable;

/** Every other round an event that nobody may accept; else a valid one, now and then with a lower frame than it reaches. */
final class LyingEmission implements Emission {
    private final List<Integer> audience;
    private final Checker checker;

    LyingEmission(List<Integer> audience, Checker checker) {
        this.audience = audience;
        this.checker = checker;
    }

    @Override
    public void round(Node node) {
        Event selfParent = node.lastOwn();
        Event truth = node.create(node.chooseParents(selfParent));
        if (truth == null) {
            return;
        }
        if (node.random().nextBoolean()) {
            Event lie = lie(node, truth);
            checker.invalid(lie.id());
            audience.forEach(peer -> node.tell(peer, List.of(lie)));
            return;
        }
        Event event = node.random().nextBoolean() ? lowered(node, truth, selfParent) : truth;
        if (node.own(event)) {
            audience.forEach(peer -> node.tell(peer, List.of(event)));
        }
    }

    private static Event lie(Node node, Event truth) {
        SplittableRandom random = node.random();
        int more = random.nextInt(1, 4);
        int lamport = truth.lamport();
        EventId id = node.newId(lamport);
        List<EventId> parents = truth.parents();
        return switch (random.nextInt(6)) {
            case 0 ->
                new Event(id, truth.epoch(), truth.seq() + more, truth.creator(), lamport, parents, truth.frame());
            case 1 ->
                new Event(
                        node.newId(lamport + more),
                        truth.epoch(),
                        truth.seq(),
                        truth.creator(),
                        lamport + more,
                        parents,
                        truth.frame());
            case 2 -> new Event(id, truth.epoch(), truth.seq(), Long.MAX_VALUE, lamport, parents, truth.frame());
            case 3 -> new Event(id, truth.epoch(), truth.seq(), truth.creator(), lamport, parents, -more);
            case 4 ->
                new Event(id, truth.epoch() + more, truth.seq(), truth.creator(), lamport, parents, truth.frame());
            default ->
                new Event(id, truth.epoch(), truth.seq(), truth.creator(), lamport, parents, truth.frame() + more);
        };
    }

    private static Event lowered(Node node, Event truth, @Nullable Event selfParent) {
        int least = selfParent == null ? 1 : selfParent.frame();
        int frame = node.random().nextInt(least, truth.frame() + 1);
        return new Event(
                truth.id(), truth.epoch(), truth.seq(), truth.creator(), truth.lamport(), truth.parents(), frame);
    }
}
