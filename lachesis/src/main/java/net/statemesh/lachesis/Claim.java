// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.List;

/** What a new event with these parents must say. The application adds its content, signs, and derives the {@link EventId}. */
public record Claim(int epoch, int seq, long creator, int lamport, List<EventId> parents, int frame) implements Built {
    public Claim {
        parents = List.copyOf(parents);
    }

    /** The event with this id. */
    public Event event(EventId id) {
        return new Event(id, epoch, seq, creator, lamport, parents, frame);
    }
}
