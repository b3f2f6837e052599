// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What one virtual node gets of this machine. Processors are not divided: every node may use all of them. */
final class NodeShare {
    private static final long RESERVE_BYTES = 1L << 30;
    private static final long LEAST_BYTES = 512L << 20;

    private NodeShare() {}

    /** Memory of the machine without a reserve for everything else, divided by the number of nodes. */
    static long memoryBytes(int nodes) throws IOException {
        return share(machineBytes(), nodes);
    }

    static long share(long machineBytes, int nodes) {
        return Math.max(LEAST_BYTES, (machineBytes - RESERVE_BYTES) / nodes);
    }

    private static long machineBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
