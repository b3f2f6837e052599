// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.statemesh.node.preflight.MachineFiles.BlockDevice;
import net.statemesh.node.preflight.MachineFiles.PciDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionTest {
    private static final long GIB = 1L << 30;
    private static final Detection.Share WHOLE =
            new Detection.Share(Optional.empty(), Optional.empty(), 100_000_000_000L);

    @Test
    void rentedMachineIsVirtual() {
        Capabilities found = detect(machine(8, 16, "hypervisor aes avx2")
                .dmi("Amazon EC2", "m5.2xlarge", "1")
                .disk("nvme0n1", 200, false, "259:0", "259:1")
                .mount("259:1", "/")
                .address("10.1.2.3")
                .files());
        assertThat(found.nodeClass()).isEqualTo(NodeClass.VIRTUAL);
        assertThat(found.hypervisor()).isEqualTo("kvm");
        assertThat(found.cpuFeatures()).containsExactly("aes", "avx2");
        assertThat(found.dataDisk()).isEqualTo("nvme");
        assertThat(found.publicAddress()).isFalse();
        assertThat(found.hardwareVirtualisation()).isFalse();
    }

    @Test
    void desktopIsBareMetal() {
        Capabilities found = detect(machine(12, 32, "aes avx2 svm")
                .dmi("ASUS", "System Product Name", "3")
                .disk("sda", 2_000, true, "8:0", "8:1")
                .disk("sdb", 500, false, "8:16", "8:17")
                .mount("8:17", "/")
                .mount("8:1", "/var")
                .device("kvm")
                .pci("0x030000", "0x10de")
                .address("198.51.100.7")
                .files());
        assertThat(found.nodeClass()).isEqualTo(NodeClass.BARE_METAL);
        assertThat(found.hypervisor()).isEqualTo("none");
        assertThat(found.dataDisk()).as("/var lies on the spinning disk").isEqualTo("hdd");
        assertThat(found.gpus()).containsExactly("nvidia");
        assertThat(found.publicAddress()).isTrue();
        assertThat(found.hardwareVirtualisation()).isTrue();
    }

    @Test
    void rackServerIsDatacenter() {
        Capabilities found = detect(machine(64, 256, "aes avx512f vmx")
                .dmi("Dell Inc.", "PowerEdge R7525", "23")
                .device("ipmi0")
                .pci("0x030000", "0x102b")
                .files());
        assertThat(found.nodeClass()).isEqualTo(NodeClass.DATACENTER);
        assertThat(found.gpus()).as("the board's console is no GPU").isEmpty();
        assertThat(found.cpuFeatures()).contains("avx512");
    }

    @Test
    void smallMachinesAreLiteWhateverTheyAre() {
        assertThat(detect(machine(2, 64, "aes").files()).nodeClass()).isEqualTo(NodeClass.LITE);
        assertThat(detect(machine(16, 4, "hypervisor").files()).nodeClass()).isEqualTo(NodeClass.LITE);
    }

    @Test
    void aVirtualNodeIsJudgedByItsShare() {
        MachineFiles machine = machine(16, 64, "aes").files();
        Detection.Share share = new Detection.Share(Optional.of(2), Optional.of(2 * GIB), 0);
        Capabilities found = Detection.of(machine, Path.of("/var/lib/node"), share);
        assertThat(found.cores()).isEqualTo(2);
        assertThat(found.memoryBytes()).isEqualTo(2 * GIB);
        assertThat(found.nodeClass()).isEqualTo(NodeClass.LITE);
    }

    @Test
    void emptyMachineIsNoFailure() {
        MachineFiles nothing = new MachineFiles(
                List.of(), List.of(), List.of(), "", Map.of(), List.of(), List.of(), List.of(), Set.of(), List.of());
        Capabilities found = detect(nothing);
        assertThat(found.cores()).isEqualTo(1);
        assertThat(found.dataDisk()).isEqualTo("unknown");
        assertThat(found.nodeClass()).isEqualTo(NodeClass.LITE);
    }

    @ParameterizedTest
    @CsvSource({
        "5.15.0-91-generic, true",
        "5.14.21, false",
        "6.1.0, true",
        "6.18, true",
        "4.19.0-20-amd64, false",
        "nonsense, false"
    })
    void kernelsAreComparedByNumber(String release, boolean good) {
        assertThat(Preflight.isAtLeast(release, new int[] {5, 15})).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, false", "172.16.0.1, false", "172.32.0.1, true", "192.168.1.1, false", "100.64.0.1, false",
        "100.128.0.1, true", "127.0.0.1, false", "169.254.1.1, false", "8.8.8.8, true", "fe80::1%eth0, false",
        "fd00::1, false", "2a01:4f8::1, true", "224.0.0.1, false"
    })
    void addressesAreToldApart(String address, boolean isPublic) {
        assertThat(PublicAddress.isPublic(address)).isEqualTo(isPublic);
    }

    @Test
    void minimumIsReported() {
        Capabilities small = detect(machine(1, 1, "aes").files());
        assertThat(Preflight.run(Path.of("/nowhere"), small))
                .filteredOn(c -> c.verdict() == Check.Verdict.BELOW_MINIMUM)
                .extracting(Check::name)
                .contains("cores", "memory", "kernel")
                .doesNotContain("disk");
        assertThat(Preflight.run(Path.of("/nowhere"), small))
                .filteredOn(c -> c.name().equals("container runtime"))
                .allMatch(c -> c.verdict() == Check.Verdict.MISSING && c.next().contains("apt-get install"));
    }

    private static Capabilities detect(MachineFiles files) {
        return Detection.of(files, Path.of("/var/lib/node"), WHOLE);
    }

    private static Machine machine(int cores, int gib, String flags) {
        return new Machine(cores, gib, flags);
    }

    /** The files of a machine, piece by piece. */
    private static final class Machine {
        private final List<String> cpuInfo = new ArrayList<>();
        private final List<String> memInfo;
        private Map<String, String> dmi = Map.of();
        private final List<BlockDevice> disks = new ArrayList<>();
        private final List<String> mounts = new ArrayList<>();
        private final List<PciDevice> pci = new ArrayList<>();
        private final List<String> devices = new ArrayList<>();
        private final List<String> addresses = new ArrayList<>();

        Machine(int cores, int gib, String flags) {
            for (int i = 0; i < cores; i++) {
                cpuInfo.addAll(List.of("processor\t: " + i, "model name\t: Some CPU", "flags\t\t: fpu " + flags, ""));
            }
            memInfo = List.of("MemTotal:       " + gib * (GIB >> 10) + " kB", "MemFree:  1 kB");
        }

        Machine dmi(String vendor, String product, String chassis) {
            dmi = Map.of("sys_vendor", vendor, "product_name", product, "chassis_type", chassis);
            return this;
        }

        Machine disk(String name, long gib, boolean rotational, String... numbers) {
            disks.add(new BlockDevice(name, gib * (GIB >> 9), rotational, Set.of(numbers)));
            return this;
        }

        Machine mount(String number, String point) {
            mounts.add("25 1 " + number + " / " + point + " rw,relatime - ext4 /dev/x rw");
            return this;
        }

        Machine pci(String deviceClass, String vendor) {
            pci.add(new PciDevice(deviceClass, vendor));
            return this;
        }

        Machine device(String name) {
            devices.add(name);
            return this;
        }

        Machine address(String address) {
            addresses.add(address);
            return this;
        }

        MachineFiles files() {
            return new MachineFiles(
                    cpuInfo,
                    memInfo,
                    List.of("ID=debian", "VERSION_ID=\"12\"", "PRETTY_NAME=\"Debian 12\""),
                    "",
                    dmi,
                    disks,
                    mounts,
                    pci,
                    Set.copyOf(devices),
                    addresses);
        }
    }
}
