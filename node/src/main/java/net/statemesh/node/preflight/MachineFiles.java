// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.preflight;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the kernel and the distribution say about a machine, unread: the raw material of {@link Capabilities}.
 *
 * @param cpuInfo lines of {@code /proc/cpuinfo}
 * @param memInfo lines of {@code /proc/meminfo}
 * @param osRelease lines of {@code /etc/os-release}
 * @param kernelRelease content of {@code /proc/sys/kernel/osrelease}
 * @param dmi files below {@code /sys/class/dmi/id} by name: {@code sys_vendor}, {@code product_name}, {@code chassis_type}
 * @param disks one entry per block device
 * @param mountInfo lines of {@code /proc/self/mountinfo}
 * @param pci one entry per device
 * @param devices names below {@code /dev} that exist: {@code kvm}, {@code nvidia0}, {@code ipmi0}
 * @param addresses of all interfaces
 */
record MachineFiles(
        List<String> cpuInfo,
        List<String> memInfo,
        List<String> osRelease,
        String kernelRelease,
        Map<String, String> dmi,
        List<BlockDevice> disks,
        List<String> mountInfo,
        List<PciDevice> pci,
        Set<String> devices,
        List<String> addresses) {

    /**
     * A block device as {@code /sys/block} shows it.
     *
     * @param numbers {@code major:minor} of the device and of its partitions
     */
    record BlockDevice(String name, long sectors, boolean rotational, Set<String> numbers) {}

    /**
     * A device of the PCI bus.
     *
     * @param deviceClass for example {@code 0x030000}
     * @param vendor for example {@code 0x10de}
     */
    record PciDevice(String deviceClass, String vendor) {}
}
