// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.statemesh.node.preflight.Check.Verdict;
import org.jspecify.annotations.Nullable;

/** Looks at this machine: what it can, and whether it meets the minimum of a node (2 cores, 2 GB, 25 GB, Ubuntu 22.04, kernel 5.15). */
public final class Preflight {
    private static final long GB = 1_000_000_000L;
    private static final int MIN_CORES = 2;
    private static final long MIN_MEMORY_BYTES = 2 * GB;
    private static final long MIN_DISK_BYTES = 25 * GB;
    private static final int[] MIN_KERNEL = {5, 15};
    private static final int MILLIS_PER_CORE = 1_000;
    private static final List<String> PROGRAMS = List.of(
            "usr/bin/containerd", "usr/bin/containerd-shim-runc-v2", "usr/lib/cni/bridge", "usr/lib/cni/host-local");

    private Preflight() {}

    /** All checks of this machine, for a node that keeps its data in {@code dataDirectory}. */
    public static List<Check> run(Path dataDirectory) {
        return run(Path.of("/"), detect(dataDirectory, null, null));
    }

    /** What a node can that keeps its data here; a share that is null is the whole machine. */
    public static Capabilities detect(Path dataDirectory, @Nullable Integer cpuMillis, @Nullable Long memoryBytes) {
        Detection.Share share = new Detection.Share(
                Optional.ofNullable(cpuMillis).map(m -> Math.max(1, m / MILLIS_PER_CORE)),
                Optional.ofNullable(memoryBytes),
                diskBytes(dataDirectory));
        return Detection.of(
                new MachineReader(Path.of("/")).read(MachineReader.addresses()), dataDirectory.toAbsolutePath(), share);
    }

    static List<Check> run(Path root, Capabilities found) {
        List<Check> checks = new ArrayList<>();
        checks.add(check(
                "operating system",
                found.osName(),
                "Ubuntu 22.04",
                found.osId().equals("ubuntu") && found.osVersion().equals("22.04"),
                "install Ubuntu 22.04; other systems work for development"));
        checks.add(check(
                "kernel",
                found.kernel(),
                "5.15 or newer",
                isAtLeast(found.kernel(), MIN_KERNEL),
                "apt-get install linux-generic, then restart the machine"));
        checks.add(
                check("cores", found.cores() + "", "2", found.cores() >= MIN_CORES, "use a machine with more cores"));
        checks.add(check(
                "memory",
                gigabytes(found.memoryBytes()),
                gigabytes(MIN_MEMORY_BYTES),
                found.memoryBytes() >= MIN_MEMORY_BYTES,
                "use a machine with more memory"));
        checks.add(check(
                "disk",
                gigabytes(found.dataDiskBytes()) + " " + found.dataDisk(),
                gigabytes(MIN_DISK_BYTES),
                found.dataDiskBytes() >= MIN_DISK_BYTES,
                "keep the node's data on a larger disk: --data DIR"));
        checks.add(programs(root));
        return checks;
    }

    private static Check programs(Path root) {
        List<String> missing = PROGRAMS.stream()
                .filter(p -> !Files.isExecutable(root.resolve(p)))
                .map(p -> "/" + p)
                .toList();
        boolean runc = Stream.of("usr/sbin/runc", "usr/bin/runc").anyMatch(p -> Files.isExecutable(root.resolve(p)));
        List<String> all = new ArrayList<>(missing);
        if (!runc) {
            all.add("runc");
        }
        return new Check(
                "container runtime",
                all.isEmpty() ? "containerd, runc, CNI plugins" : "missing: " + String.join(", ", all),
                "containerd, runc, CNI plugins",
                all.isEmpty() ? Verdict.OK : Verdict.MISSING,
                all.isEmpty() ? "" : "apt-get install containerd runc containernetworking-plugins");
    }

    private static Check check(String name, String found, String wanted, boolean good, String next) {
        return new Check(name, found, wanted, good ? Verdict.OK : Verdict.BELOW_MINIMUM, good ? "" : next);
    }

    /** Compares the leading numbers of a kernel release such as {@code 5.15.0-91-generic}. */
    static boolean isAtLeast(String release, int[] wanted) {
        String[] parts = release.split("[.-]", -1);
        for (int i = 0; i < wanted.length; i++) {
            int part = i < parts.length && parts[i].matches("\\d{1,9}") ? Integer.parseInt(parts[i]) : 0;
            if (part != wanted[i]) {
                return part > wanted[i];
            }
        }
        return true;
    }

    private static String gigabytes(long bytes) {
        return "%.1f GB".formatted((double) bytes / GB);
    }

    private static long diskBytes(Path directory) {
        Path existing = directory.toAbsolutePath();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return Files.getFileStore(existing).getTotalSpace();
        } catch (IOException e) {
            return 0;
        }
    }
}
