// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

/** What must not happen, and did. */
public record Violation(Kind kind, String what) {
    /** Which promise was broken. */
    public enum Kind {
        /** Two honest validators decided different blocks. */
        AGREEMENT,
        /** An honest validator was called a cheater. */
        HONEST_CHEATER,
        /** A valid event was rejected, or an invalid one accepted. */
        VALIDITY,
        /** An honest validator stopped because it saw too many cheaters. */
        HALTED,
        /** Somebody did not decide in time although the network was calm. */
        LIVENESS
    }
}
