// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.List;
import net.statemesh.lachesis.Event;
import net.statemesh.lachesis.EventId;

/** What validators send each other. */
sealed interface Message {
    /** Events, parents before children if both are here. */
    record Events(List<Event> events) implements Message {}

    /**
     * Events of an epoch that the sender knows: what nothing builds on yet, and older and older ones of every creator, so that the
     * receiver finds some that both know. Whoever knows more answers with {@link Events}.
     */
    record Known(int epoch, List<EventId> some) implements Message {}
}
