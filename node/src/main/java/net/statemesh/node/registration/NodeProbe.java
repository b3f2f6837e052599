// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.registration;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.node.cri.ContainerRuntime;

/** Finds out how the node is. */
public final class NodeProbe implements Supplier<NodeHealth> {
    private static final long MIN_MEMORY_BYTES = 100L << 20;
    private static final double MIN_DISK_SHARE = 0.05;
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";
    private static final long KIB = 1_024;

    private final ContainerRuntime runtime;
    private final Path dataDirectory;

    public NodeProbe(ContainerRuntime runtime, Path dataDirectory) {
        this.runtime = runtime;
        this.dataDirectory = dataDirectory;
    }

    @Override
    public NodeHealth get() {
        return new NodeHealth(runtimeTrouble(), memoryPressure(), diskPressure());
    }

    private Optional<String> runtimeTrouble() {
        try {
            return runtime.notReady();
        } catch (StateMeshException e) {
            return Optional.of(e.sentence());
        }
    }

    private static boolean memoryPressure() {
        try {
            return availableBytes(Files.readAllLines(MEMORY)) < MIN_MEMORY_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    static long availableBytes(List<String> memInfo) {
        return memInfo.stream()
                .filter(line -> line.startsWith(AVAILABLE))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private boolean diskPressure() {
        try {
            FileStore disk = Files.getFileStore(dataDirectory);
            return disk.getUsableSpace() < MIN_DISK_SHARE * disk.getTotalSpace();
        } catch (IOException e) {
            return false;
        }
    }
}
