// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.statemesh.launcher.cgroup.ZoneCgroups;
import net.statemesh.launcher.network.NetworkPlan;
import net.statemesh.launcher.network.Underlay;
import net.statemesh.launcher.preflight.Packages;
import net.statemesh.launcher.preflight.Preflight;
import net.statemesh.launcher.preflight.RequiredPackage;

/** The machine, with or without a zone on it. */
final class MachineChecks {
    private static final long COMFORTABLE_BYTES = 10L << 30;
    private static final long LEAST_MEMORY_BYTES = 2L << 30;

    private MachineChecks() {}

    static List<Finding> all(Path folder, String searchPath) throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                Preflight.isRoot()
                        ? Finding.good("privileges", "root")
                        : Finding.bad("privileges", "not root: a zone cannot be started or stopped", "sudo"));
        findings.add(packages(searchPath));
        findings.add(kernel());
        findings.add(disk(folder));
        findings.add(memory());
        findings.add(leftovers());
        return findings;
    }

    private static Finding packages(String searchPath) {
        List<RequiredPackage> missing = new Packages(searchPath).missing();
        if (missing.isEmpty()) {
            return Finding.good(
                    "packages", String.join(", ", Packages.versions(List.of("containerd", "runc", "docker-registry"))));
        }
        String names =
                String.join(" ", missing.stream().map(RequiredPackage::name).toList());
        return Finding.bad("packages", "missing: " + names, "apt-get install -y --no-install-recommends " + names);
    }

    private static Finding kernel() throws IOException {
        List<String> lacking = Preflight.kernelLacks();
        return lacking.isEmpty()
                ? Finding.good(
                        "kernel",
                        System.getProperty("os.version")
                                + ", overlay, namespaces, control groups "
                                + (Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers")) ? "v2" : "v1"))
                : Finding.bad("kernel", "lacks " + String.join("; ", lacking), "load the module, or another kernel");
    }

    private static Finding disk(Path folder) throws IOException {
        long free = Preflight.freeBytes(folder);
        String detail = (free >> 30) + " GiB free for " + folder;
        if (free < Preflight.MIN_FREE_BYTES) {
            return Finding.bad("disk", detail + ", a zone needs 2", "make room, or --data on another disk");
        }
        return free < COMFORTABLE_BYTES
                ? Finding.warning("disk", detail + ": few images will fit", "make room")
                : Finding.good("disk", detail);
    }

    private static Finding memory() throws IOException {
        long available = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
        String detail = (available >> 20) + " MiB available";
        return available < LEAST_MEMORY_BYTES
                ? Finding.warning("memory", detail + ", an idle zone takes about 1.5 GiB", "fewer nodes: up --nodes 1")
                : Finding.good("memory", detail);
    }

    /** Links, namespaces and control groups of zones whose folder is gone. */
    private static Finding leftovers() throws IOException {
        List<String> lost = new ArrayList<>();
        int zones = 0;
        for (int octet : Underlay.inUse()) {
            Optional<String> owner = Underlay.owner(octet).filter(path -> !path.isEmpty());
            if (owner.filter(path -> Files.isDirectory(Path.of(path))).isPresent()) {
                zones++;
            } else {
                lost.add(NetworkPlan.bridgeOf(octet) + " of " + owner.orElse("an unknown folder"));
            }
        }
        for (int octet = NetworkPlan.FIRST_OCTET; octet <= NetworkPlan.LAST_OCTET; octet++) {
            if (new ZoneCgroups(octet).exists() && !Underlay.inUse().contains(octet)) {
                lost.add("control group " + new ZoneCgroups(octet).path());
            }
        }
        if (!lost.isEmpty()) {
            return Finding.warning(
                    "leftovers", String.join("; ", lost), "statemesh down --purge --data FOLDER removes them");
        }
        return Finding.good("leftovers", "none; zones on this machine: " + zones);
    }

    /** Packages that help but are not needed. */
    static Finding optional(String searchPath) {
        List<String> missing = Stream.of("buildah")
                .filter(program -> Stream.of(searchPath.split(":"))
                        .filter(part -> !part.isEmpty())
                        .noneMatch(part -> Files.isExecutable(Path.of(part, program))))
                .toList();
        return missing.isEmpty()
                ? Finding.good("build", "buildah builds Dockerfiles")
                : Finding.good("build", "static sites only; Dockerfiles need the package buildah");
    }
}
