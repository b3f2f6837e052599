// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What one virtual node gets of this machine. Processors are not divided: every node may use all of them. */
final class NodeShare {
    private static final long RESERVE_BYTES = 1L << 30;
    private static final long LEAST_BYTES = 512L << 20;
    private static final long OWN_BYTES = 256L << 20;
    private static final long OWN_PART = 16;

    private NodeShare() {}

    /** Memory of the machine without a reserve for everything else, divided by the number of nodes. */
    static long memoryBytes(int nodes) throws IOException {
        return share(machineBytes(), nodes);
    }

    static long share(long machineBytes, int nodes) {
        return Math.max(LEAST_BYTES, (machineBytes - RESERVE_BYTES) / nodes);
    }

    /** What is left for pods when the node's own processes have their part: a sixteenth, at least 256 MiB. */
    static long podBytes(long nodeBytes) {
        return nodeBytes - Math.max(OWN_BYTES, nodeBytes / OWN_PART);
    }

    private static long machineBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
