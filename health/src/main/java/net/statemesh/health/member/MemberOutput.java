// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.member;

import net.statemesh.health.protocol.Envelope;

/** What a node is to do. */
public sealed interface MemberOutput {
    record Send(Envelope envelope) implements MemberOutput {}

    /** Try whether the target's machine answers at all, and say so with {@link Member#machineAnswered}. */
    record Knock(long round, int target) implements MemberOutput {}

    /** The node may hold what only it may hold, or no longer: then it must let go before anything else. */
    record Lease(boolean held) implements MemberOutput {}

    /** Write this incarnation down, so that the next one is above it. */
    record Incarnation(long incarnation) implements MemberOutput {}
}
