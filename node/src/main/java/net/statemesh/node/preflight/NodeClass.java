// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.preflight;

import java.util.List;

/**
 * What kind of machine a node is. The first rule that applies decides:
 *
 * <ol>
 *   <li>{@code lite}: fewer than 4 cores or less than 8 GB of memory;
 *   <li>{@code virtual}: runs under a hypervisor;
 *   <li>{@code datacenter}: server hardware, that is a management controller (IPMI), or a rack or blade chassis, with at least 16
 *       cores and 64 GB of memory;
 *   <li>{@code bare-metal}: everything else.
 * </ol>
 */
public enum NodeClass {
    LITE("lite"),
    VIRTUAL("virtual"),
    DATACENTER("datacenter"),
    BARE_METAL("bare-metal");

    private static final long GB = 1_000_000_000L;
    private static final int LITE_BELOW_CORES = 4;
    private static final long LITE_BELOW_BYTES = 8 * GB;
    private static final int DATACENTER_CORES = 16;
    private static final long DATACENTER_BYTES = 64 * GB;
    /** Main server, rack mount, blade and blade enclosure in SMBIOS. */
    private static final List<String> SERVER_CHASSIS = List.of("17", "23", "28", "29");

    private final String word;

    NodeClass(String word) {
        this.word = word;
    }

    static NodeClass of(int cores, long memoryBytes, boolean hypervisor, boolean managementController, String chassis) {
        if (cores < LITE_BELOW_CORES || memoryBytes < LITE_BELOW_BYTES) {
            return LITE;
        }
        if (hypervisor) {
            return VIRTUAL;
        }
        boolean server = managementController || SERVER_CHASSIS.contains(chassis);
        return server && cores >= DATACENTER_CORES && memoryBytes >= DATACENTER_BYTES ? DATACENTER : BARE_METAL;
    }

    @Override
    public String toString() {
        return word;
    }
}
