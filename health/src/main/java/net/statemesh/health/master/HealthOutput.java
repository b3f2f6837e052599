// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

import java.util.List;
import net.statemesh.health.protocol.Assignment;
import net.statemesh.health.protocol.Envelope;

/** What the master is to do. */
public sealed interface HealthOutput {
    record Send(Envelope envelope) implements HealthOutput {}

    record Judged(Verdict verdict) implements HealthOutput {}

    /**
     * So much of the zone went silent at once that it may be the master's own network: no node is called dead while this lasts.
     *
     * @param heard nodes of which there is fresh evidence, of so many {@code members}
     */
    record Withheld(boolean withheld, int heard, int members) implements HealthOutput {}

    /**
     * Let the node know its assignment through the API.
     *
     * @param groups watchers from whom the node may hold a lease: all that a new master must know
     */
    record Assign(int node, Assignment assignment, List<Group> groups) implements HealthOutput {
        public Assign {
            groups = List.copyOf(groups);
        }
    }

    /** The node has certainly let go of what only it may hold: others may have it now. */
    record Fenced(int node) implements HealthOutput {}
}
