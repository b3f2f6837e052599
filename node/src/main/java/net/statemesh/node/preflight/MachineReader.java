// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.preflight;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.statemesh.node.preflight.MachineFiles.BlockDevice;
import net.statemesh.node.preflight.MachineFiles.PciDevice;

/** Reads {@link MachineFiles} below a root folder. What is absent or unreadable counts as empty. */
final class MachineReader {
    private static final List<String> DMI = List.of("sys_vendor", "product_name", "chassis_type", "board_vendor");
    private static final List<String> DEVICES = List.of("kvm", "nvidia0", "ipmi0");

    private final Path root;

    MachineReader(Path root) {
        this.root = root;
    }

    MachineFiles read(List<String> addresses) {
        return new MachineFiles(
                lines("proc/cpuinfo"),
                lines("proc/meminfo"),
                lines("etc/os-release"),
                text("proc/sys/kernel/osrelease"),
                dmi(),
                disks(),
                lines("proc/self/mountinfo"),
                pci(),
                DEVICES.stream()
                        .filter(d -> Files.exists(root.resolve("dev").resolve(d)))
                        .collect(Collectors.toSet()),
                addresses);
    }

    /** Addresses of the interfaces that are visible here. */
    static List<String> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private Map<String, String> dmi() {
        Map<String, String> dmi = new HashMap<>();
        DMI.forEach(name -> {
            String value = text("sys/class/dmi/id/" + name);
            if (!value.isEmpty()) {
                dmi.put(name, value);
            }
        });
        return dmi;
    }

    private List<BlockDevice> disks() {
        List<BlockDevice> disks = new ArrayList<>();
        for (Path device : entries("sys/block")) {
            String base = "sys/block/" + device.getFileName() + "/";
            String sectors = text(base + "size");
            if (!sectors.matches("\\d+") || sectors.equals("0")) {
                continue;
            }
            Set<String> numbers = new HashSet<>(Set.of(text(base + "dev")));
            entries(base).stream()
                    .map(p -> text(base + p.getFileName() + "/dev"))
                    .filter(n -> !n.isEmpty())
                    .forEach(numbers::add);
            boolean rotational = text(base + "queue/rotational").equals("1");
            disks.add(new BlockDevice(
                    String.valueOf(device.getFileName()), Long.parseLong(sectors), rotational, numbers));
        }
        return disks;
    }

    private List<PciDevice> pci() {
        return entries("sys/bus/pci/devices").stream()
                .map(d -> "sys/bus/pci/devices/" + d.getFileName() + "/")
                .map(base -> new PciDevice(text(base + "class"), text(base + "vendor")))
                .toList();
    }

    private List<Path> entries(String folder) {
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            return entries.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private List<String> lines(String path) {
        try {
            return Files.readAllLines(root.resolve(path));
        } catch (IOException e) {
            return List.of();
        }
    }

    String text(String path) {
        return String.join("\n", lines(path)).strip();
    }
}
