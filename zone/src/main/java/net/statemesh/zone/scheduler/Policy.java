// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import net.statemesh.api.project.Profile;

/** Which node is the better one when several have room. */
public enum Policy {
    /** The emptiest: whatever fails takes few along, and each has room to breathe. */
    SPREADING,
    /** The fullest that still has room: large demands find whole nodes free. */
    PACKING;

    /** Machines for computing are filled one by one, all others evenly. */
    public static Policy of(Profile profile) {
        return switch (profile) {
            case HPC, GPU -> PACKING;
            case CLOUD, HYBRID, EDGE, MYNODE -> SPREADING;
        };
    }
}
