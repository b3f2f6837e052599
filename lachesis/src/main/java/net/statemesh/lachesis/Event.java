// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.List;

/**
 * An event as a validator claims it. Nothing here is checked: {@link Lachesis#process} answers what is wrong with it.
 *
 * @param id 32 bytes that begin with epoch and Lamport time; the application derives the rest from the signed content
 * @param seq place in the creator's own chain, from 1
 * @param creator validator id, 0 to 2^32 - 1
 * @param lamport 1 + the highest of the parents' Lamport times
 * @param parents the self-parent first when seq &gt; 1, then events of other creators
 * @param frame the frame that the creator claims, see {@link Lachesis#build}
 */
public record Event(EventId id, int epoch, int seq, long creator, int lamport, List<EventId> parents, int frame) {
    /** Highest epoch, seq, Lamport time and frame. */
    public static final int MAX_NUMBER = Integer.MAX_VALUE - 2;

    /** Most parents of one event. */
    public static final int MAX_PARENTS = 256;

    public Event {
        parents = List.copyOf(parents);
    }
}
