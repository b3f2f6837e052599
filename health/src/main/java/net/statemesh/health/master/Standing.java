// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.master;

/** How a node stands with the master. */
public enum Standing {
    /** Never heard: nothing is concluded from its silence. */
    NEW,
    ALIVE,
    /** Others reach its agent, the master does not. Nothing on it is touched. */
    LINK_CUT,
    /** Its machine answers, its agent does not. Nothing on it is touched. */
    AGENT_AWAY,
    /** Nobody who was asked reaches anything of it. */
    DEAD
}
