// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.List;
import net.statemesh.lachesis.Event;

/** What a machine does once a round. */
@FunctionalInterface
interface Emission {
    void round(Node node);

    /**
     * The emission of a role.
     *
     * @param audience addresses that the machine talks to
     */
    static Emission of(Role role, List<Integer> audience, Checker checker) {
        return switch (role) {
            case HONEST, TWO_FACED -> node -> honest(node, audience);
            case FORKER -> new ForkingEmission(audience);
            case SILENT -> new SilentEmission(audience);
            case FLOODER -> new FloodingEmission(audience);
            case LIAR -> new LyingEmission(audience, checker);
        };
    }

    /** One event on our last one, shown to everybody. */
    static void honest(Node node, List<Integer> audience) {
        Event event = node.create(node.chooseParents(node.lastOwn()));
        if (event != null && node.own(event)) {
            audience.forEach(peer -> node.tell(peer, List.of(event)));
        }
    }
}
