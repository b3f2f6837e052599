// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a control group has used.
 *
 * @param cpuNanos CPU time since the group was made
 * @param memoryBytes memory charged to the group
 * @param workingSetBytes of it, what cannot be taken back without harm
 */
record CgroupUsage(long cpuNanos, long memoryBytes, long workingSetBytes) {
    private static final long NANOS_PER_MICRO = 1_000;

    /** Reads a group; empty when it does not exist. */
    static Optional<CgroupUsage> read(CgroupLayout layout, String path) {
        try {
            return Optional.of(layout.unified() ? version2(layout.group("", path)) : version1(layout, path));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static CgroupUsage version1(CgroupLayout layout, String path) throws IOException {
        Path memory = layout.group("memory", path);
        long used = number(memory.resolve("memory.usage_in_bytes"));
        long inactive = field(memory.resolve("memory.stat"), "total_inactive_file");
        long cpu = number(layout.group("cpuacct", path).resolve("cpuacct.usage"));
        return new CgroupUsage(cpu, used, Math.max(0, used - inactive));
    }

    private static CgroupUsage version2(Path group) throws IOException {
        long used = number(group.resolve("memory.current"));
        long inactive = field(group.resolve("memory.stat"), "inactive_file");
        long cpu = field(group.resolve("cpu.stat"), "usage_usec") * NANOS_PER_MICRO;
        return new CgroupUsage(cpu, used, Math.max(0, used - inactive));
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    /** Value of the line {@code name value}; 0 when there is none. */
    static long field(Path file, String name) throws IOException {
        return field(Files.readAllLines(file), name);
    }

    static long field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElse(0);
    }
}
