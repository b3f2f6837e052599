// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.preflight;

/**
 * One thing that was looked at.
 *
 * @param name for example {@code kernel}
 * @param found what the machine has
 * @param wanted what a node should have
 * @param next what to do about it; empty when all is well
 */
public record Check(String name, String found, String wanted, Verdict verdict, String next) {

    /** How it is. Nothing of it keeps an agent from starting. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** Below the node minimum: a zone may not elect such a node. */
        BELOW_MINIMUM,
        /** Missing, and containers cannot run without it. */
        MISSING
    }
}
