// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.preflight;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.statemesh.node.preflight.Capabilities.Disk;
import net.statemesh.node.preflight.MachineFiles.BlockDevice;

/** {@link Capabilities} out of {@link MachineFiles}. Pure. */
final class Detection {
    private static final long SECTOR_BYTES = 512;
    private static final long KIB = 1_024;
    /** Kernel's name of a CPU flag to the name under which nodes offer it. */
    private static final Map<String, String> FEATURES = new TreeMap<>(Map.ofEntries(
            Map.entry("sse4_2", "sse4-2"),
            Map.entry("avx", "avx"),
            Map.entry("avx2", "avx2"),
            Map.entry("avx512f", "avx512"),
            Map.entry("aes", "aes"),
            Map.entry("sha_ni", "sha-ni"),
            Map.entry("bmi2", "bmi2"),
            Map.entry("rdrand", "rdrand"),
            Map.entry("amx_tile", "amx"),
            Map.entry("vmx", "vmx"),
            Map.entry("svm", "svm")));

    private static final List<String> NO_DISKS = List.of("loop", "ram", "zram", "dm-", "md", "sr", "fd", "nbd");
    private static final Map<String, String> GPU_VENDORS =
            Map.of("0x10de", "nvidia", "0x1002", "amd", "0x8086", "intel");

    private Detection() {}

    /**
     * What the machine is and can.
     *
     * @param dataDirectory where the node keeps its data
     * @param share what of the machine this node may use
     */
    static Capabilities of(MachineFiles files, Path dataDirectory, Share share) {
        Map<String, String> os = assignments(files.osRelease());
        Set<String> flags = new HashSet<>(Arrays.asList(
                values(files.cpuInfo(), "flags").stream().findFirst().orElse("").split(" ")));
        int cores = share.cores()
                .orElse(Math.max(1, values(files.cpuInfo(), "processor").size()));
        long memoryBytes = share.memoryBytes().orElse(memoryBytes(files.memInfo()));
        String hypervisor = hypervisor(files, flags);
        List<Disk> disks = files.disks().stream()
                .filter(d -> NO_DISKS.stream().noneMatch(d.name()::startsWith))
                .map(d -> new Disk(d.name(), d.sectors() * SECTOR_BYTES, kind(d)))
                .toList();
        return new Capabilities(
                os.getOrDefault("ID", "unknown"),
                os.getOrDefault("VERSION_ID", ""),
                os.getOrDefault("PRETTY_NAME", "unknown"),
                files.kernelRelease(),
                cores,
                values(files.cpuInfo(), "model name").stream().findFirst().orElse("unknown"),
                FEATURES.entrySet().stream()
                        .filter(e -> flags.contains(e.getKey()))
                        .map(Map.Entry::getValue)
                        .toList(),
                memoryBytes,
                disks,
                dataDisk(files, disks, dataDirectory),
                share.dataDiskBytes(),
                hypervisor,
                files.devices().contains("kvm"),
                gpus(files),
                files.addresses().stream().anyMatch(PublicAddress::isPublic),
                NodeClass.of(
                        cores,
                        memoryBytes,
                        !hypervisor.equals("none"),
                        files.devices().contains("ipmi0"),
                        files.dmi().getOrDefault("chassis_type", "")));
    }

    /**
     * What of the machine a node may use; empty means all of it.
     *
     * @param dataDiskBytes size of the file system that holds its data
     */
    record Share(Optional<Integer> cores, Optional<Long> memoryBytes, long dataDiskBytes) {}

    private static String kind(BlockDevice disk) {
        if (disk.name().startsWith("nvme")) {
            return "nvme";
        }
        return disk.rotational() ? "hdd" : "ssd";
    }

    /** The disk below the data directory; where the file system hides it (overlay, network), the largest disk. */
    private static String dataDisk(MachineFiles files, List<Disk> disks, Path dataDirectory) {
        String number = files.mountInfo().stream()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields.length > 4 && dataDirectory.startsWith(fields[4]))
                .max(Comparator.comparingInt(fields -> fields[4].length()))
                .map(fields -> fields[2])
                .orElse("");
        return files.disks().stream()
                .filter(d -> d.numbers().contains(number))
                .map(Detection::kind)
                .findFirst()
                .or(() -> disks.stream()
                        .max(Comparator.comparingLong(Disk::sizeBytes))
                        .map(Disk::kind))
                .orElse("unknown");
    }

    private static String hypervisor(MachineFiles files, Set<String> flags) {
        String maker = (files.dmi().getOrDefault("sys_vendor", "") + " "
                        + files.dmi().getOrDefault("product_name", ""))
                .toLowerCase(Locale.ROOT);
        if (!flags.contains("hypervisor")) {
            return "none";
        }
        if (maker.contains("vmware")) {
            return "vmware";
        }
        if (maker.contains("microsoft")) {
            return "hyper-v";
        }
        if (maker.contains("xen")) {
            return "xen";
        }
        if (maker.contains("virtualbox") || maker.contains("innotek")) {
            return "virtualbox";
        }
        boolean kvm = List.of("qemu", "kvm", "amazon", "google", "openstack", "digitalocean", "hetzner").stream()
                .anyMatch(maker::contains);
        return kvm ? "kvm" : "unknown";
    }

    /** Display controllers of real makers; what boards and hypervisors offer as a console does not count. */
    private static List<String> gpus(MachineFiles files) {
        List<String> found = files.pci().stream()
                .filter(d -> d.deviceClass().startsWith("0x03"))
                .flatMap(d -> Optional.ofNullable(GPU_VENDORS.get(d.vendor())).stream())
                .toList();
        return found.isEmpty() && files.devices().contains("nvidia0") ? List.of("nvidia") : found;
    }

    private static long memoryBytes(List<String> memInfo) {
        return values(memInfo, "MemTotal").stream()
                .map(v -> v.replaceAll("[^0-9]", ""))
                .filter(v -> !v.isEmpty())
                .mapToLong(v -> Long.parseLong(v) * KIB)
                .findFirst()
                .orElse(0);
    }

    /** Values of all lines {@code key : value}. */
    private static List<String> values(List<String> lines, String key) {
        return lines.stream()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
                .map(parts -> parts[1].strip())
                .toList();
    }

    /** Lines {@code KEY=value} or {@code KEY="value"}. */
    private static Map<String, String> assignments(List<String> lines) {
        Map<String, String> map = new TreeMap<>();
        lines.stream()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> map.put(parts[0].strip(), parts[1].strip().replaceAll("^\"|\"$", "")));
        return map;
    }
}
