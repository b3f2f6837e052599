// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.protocol;

/** How much of a node a witness reached. */
public enum Reached {
    /** The agent answered, with a proof of who it is. */
    AGENT,
    /** The machine answered, its agent did not: containers may well go on. */
    MACHINE,
    NOTHING
}
