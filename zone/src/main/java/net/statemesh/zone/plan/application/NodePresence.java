// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

/** What the master knows about the node of a replica. */
public enum NodePresence {
    /** It reports. */
    PRESENT,
    /** It stopped reporting a while ago; what runs there may well go on serving. */
    SILENT,
    /** Nobody reaches it: its replicas are replaced, and those that are still there when it returns are kept until then. */
    DEAD,
    /** It has been silent for so long that its replicas are replaced. */
    LOST,
    /** Its Node object was deleted. */
    GONE
}
