// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

/**
 * An amount of what a node has and pods reserve.
 *
 * @param cpuMillis thousandths of a core
 * @param memoryBytes bytes
 * @param pods pods
 * @param gpus whole GPUs
 */
public record Resources(long cpuMillis, long memoryBytes, long pods, long gpus) {
    public static final Resources NONE = new Resources(0, 0, 0, 0);

    public Resources plus(Resources other) {
        return new Resources(
                cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes, pods + other.pods, gpus + other.gpus);
    }

    public Resources minus(Resources other) {
        return new Resources(
                cpuMillis - other.cpuMillis, memoryBytes - other.memoryBytes, pods - other.pods, gpus - other.gpus);
    }

    /** Whether nothing of this is more than in {@code room}. */
    public boolean fitsIn(Resources room) {
        return cpuMillis <= room.cpuMillis && memoryBytes <= room.memoryBytes && pods <= room.pods && gpus <= room.gpus;
    }
}
