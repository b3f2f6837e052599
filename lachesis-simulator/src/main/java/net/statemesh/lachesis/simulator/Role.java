// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

/** How a validator behaves. */
public enum Role {
    /** Keeps to the protocol; may crash and come back. */
    HONEST,
    /** Creates several events on one self-parent and shows different ones to different peers. */
    FORKER,
    /** Runs its key on two machines, each of which talks to one half of the others. */
    TWO_FACED,
    /** Says nothing for long times, then shows its events to one peer only. */
    SILENT,
    /** Sends many events, old ones again, and ones whose parents do not exist. */
    FLOODER,
    /** Claims wrong frames, Lamport times, seqs and epochs between valid events with lowered frames. */
    LIAR
}
