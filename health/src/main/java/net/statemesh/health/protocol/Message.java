// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.protocol;

import java.util.List;

/** What is said. Who says it to whom is in the {@link Envelope}. */
public sealed interface Message {
    /** Most {@link Sighting}s in one heartbeat. */
    int MAX_SIGHTINGS = 16;

    /**
     * A node to the master: I am alive.
     *
     * @param number counts the heartbeats of this incarnation
     * @param assignment version of the {@link Assignment} that the node keeps to
     * @param wantsGrant whether its watchers do not renew its lease
     * @param sightings whom it has heard lately
     */
    record Heartbeat(long number, long assignment, boolean wantsGrant, List<Sighting> sightings) implements Message {
        public Heartbeat {
            sightings = List.copyOf(sightings);
            if (sightings.size() > MAX_SIGHTINGS) {
                throw new IllegalArgumentException(sightings.size() + " sightings: at most " + MAX_SIGHTINGS);
            }
        }
    }

    /** The master to a node: your lease counts from when you sent that heartbeat, if you keep to this assignment or a later one. */
    record Grant(long heartbeat, long assignment) implements Message {}

    /** A node to one of its watchers: I am alive and keep to that assignment. */
    record PeerHeartbeat(long number, long assignment) implements Message {}

    /** A watcher to the node: your lease counts, as far as I am concerned, from when you sent that heartbeat. */
    record PeerGrant(long heartbeat) implements Message {}

    /** The master to a witness: can you reach the target? */
    record ProbeRequest(long round, int target) implements Message {}

    /** A witness to the target. */
    record Ping(long round) implements Message {}

    /** The target to the witness. */
    record PingAnswer(long round) implements Message {}

    /** A witness to the master. */
    record ProbeReport(long round, int target, Reached reached) implements Message {}

    /** To somebody who does not know the sender's incarnation, or is known under a later one of its own: here is mine, this is yours. */
    record Hello(long known) implements Message {}
}
