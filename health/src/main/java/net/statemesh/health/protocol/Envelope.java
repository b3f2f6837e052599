// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.protocol;

/**
 * A message with who sends it to whom.
 *
 * @param from number of the sender; {@link #MASTER} for the master
 * @param incarnation grows whenever the sender starts again; above 0
 * @param sequence grows with every envelope of the incarnation
 * @param toIncarnation the receiver's, as far as the sender knows; 0 when it does not
 */
public record Envelope(int from, int to, long incarnation, long sequence, long toIncarnation, Message message) {
    /** The master's number; those of nodes are above it. */
    public static final int MASTER = 0;
}
