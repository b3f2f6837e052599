// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.usage;

import java.util.List;

/** What a node and its pods use, in the form of the kubelet's {@code /stats/summary}. */
public record Summary(NodeStats node, List<PodStats> pods) {

    /** The node: the sum over its pods' parent group. */
    public record NodeStats(String nodeName, CpuStats cpu, MemoryStats memory) {}

    /** One pod with its containers. */
    public record PodStats(PodReference podRef, CpuStats cpu, MemoryStats memory, List<ContainerStats> containers) {}

    public record PodReference(String name, String namespace, String uid) {}

    public record ContainerStats(String name, CpuStats cpu, MemoryStats memory) {}

    /**
     * CPU.
     *
     * @param time when it was measured, RFC 3339
     * @param usageNanoCores nanoseconds of CPU time per second, since the measurement before
     * @param usageCoreNanoSeconds CPU time in all
     */
    public record CpuStats(String time, long usageNanoCores, long usageCoreNanoSeconds) {}

    public record MemoryStats(String time, long usageBytes, long workingSetBytes) {}
}
