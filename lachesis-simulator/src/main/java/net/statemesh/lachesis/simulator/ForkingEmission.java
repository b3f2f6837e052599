// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.statemesh.lachesis.Event;
import org.jspecify.annotations.Nullable;

/** Now and then several events on one self-parent, sometimes an old one, each shown to other peers. */
final class ForkingEmission implements Emission {
    private static final int MAX_TWINS = 3;
    private static final int ROUNDS_PER_FORK = 4;

    private final List<Integer> audience;

    ForkingEmission(List<Integer> audience) {
        this.audience = audience;
    }

    @Override
    public void round(Node node) {
        SplittableRandom random = node.random();
        if (random.nextInt(ROUNDS_PER_FORK) != 0) {
            Emission.honest(node, audience);
            return;
        }
        Event selfParent = someOwn(node);
        List<Event> twins = new ArrayList<>();
        int count = random.nextInt(2, MAX_TWINS + 1);
        int epoch = node.lachesis().epoch();
        for (int i = 0;
                i < count && node.isValidator() && epoch == node.lachesis().epoch();
                i++) {
            Event twin = node.create(node.chooseParents(selfParent));
            if (twin != null && node.own(twin)) {
                twins.add(twin);
            }
        }
        if (!twins.isEmpty()) {
            audience.forEach(peer -> node.tell(peer, List.of(twins.get(random.nextInt(twins.size())))));
        }
    }

    /** An earlier event of our own, or null to begin anew. */
    private static @Nullable Event someOwn(Node node) {
        List<Event> own = node.archive().of(node.lachesis().epoch()).stream()
                .filter(event -> event.creator() == node.validator())
                .toList();
        int pick = node.random().nextInt(own.size() + 1);
        return pick == own.size() ? null : own.get(pick);
    }
}
