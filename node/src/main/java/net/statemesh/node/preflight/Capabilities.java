// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.preflight;

import java.util.List;

/**
 * What a node is and can; written to the Node as JSON.
 *
 * @param osId for example {@code ubuntu}
 * @param osVersion for example {@code 22.04}
 * @param cpuBrand as the processor calls itself
 * @param cpuFeatures those of the known ones that the processor has, such as {@code avx2}
 * @param hypervisor for example {@code kvm}; {@code none} on bare metal
 * @param hardwareVirtualisation whether virtual machines can be run by hardware ({@code /dev/kvm})
 * @param dataDisk kind of the disk that holds the node's data: {@code nvme}, {@code ssd} or {@code hdd}
 * @param dataDiskBytes size of the file system that holds the node's data
 * @param gpus vendors of the GPUs, one entry each
 * @param publicAddress whether an address can be reached from the Internet
 */
public record Capabilities(
        String osId,
        String osVersion,
        String osName,
        String kernel,
        int cores,
        String cpuBrand,
        List<String> cpuFeatures,
        long memoryBytes,
        List<Disk> disks,
        String dataDisk,
        long dataDiskBytes,
        String hypervisor,
        boolean hardwareVirtualisation,
        List<String> gpus,
        boolean publicAddress,
        NodeClass nodeClass) {

    /**
     * A disk of the machine.
     *
     * @param kind in the same words as {@code dataDisk}
     */
    public record Disk(String name, long sizeBytes, String kind) {}
}
