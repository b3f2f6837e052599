// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

/**
 * An amount of what a node has and pods reserve.
 *
 * @param cpuMillis thousandths of a core
 * @param memoryBytes bytes
 * @param pods pods
 */
public record Resources(long cpuMillis, long memoryBytes, long pods) {
    public static final Resources NONE = new Resources(0, 0, 0);

    public Resources plus(Resources other) {
        return new Resources(cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes, pods + other.pods);
    }

    public Resources minus(Resources other) {
        return new Resources(cpuMillis - other.cpuMillis, memoryBytes - other.memoryBytes, pods - other.pods);
    }
}
