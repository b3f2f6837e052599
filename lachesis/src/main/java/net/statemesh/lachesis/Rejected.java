// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.List;

/**
 * The event breaks a rule. Nothing has changed.
 *
 * @param detail what was found and what would be accepted
 * @param events the events concerned: for {@link Rule#PARENTS_KNOWN} those that must come first
 */
public record Rejected(Rule rule, String detail, List<EventId> events) implements Processed, Built, Examined {
    public Rejected {
        events = List.copyOf(events);
    }

    Rejected(Rule rule, String detail) {
        this(rule, detail, List.of());
    }
}
