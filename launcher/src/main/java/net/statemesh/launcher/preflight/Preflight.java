// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;

/** What must hold before anything is written: nothing is half-made when one of these refuses. */
public final class Preflight {
    public static final long MIN_FREE_BYTES = 2L << 30;
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private Preflight() {}

    public static void requireRoot() {
        if (!isRoot()) {
            throw new StateMeshException(
                    LauncherErrors.NOT_ROOT,
                    "a zone with containers and network namespaces can only be started and stopped by root.",
                    List.of("this process runs as user " + System.getProperty("user.name")),
                    List.of("sudo ./statemesh …"));
        }
    }

    public static boolean isRoot() {
        try {
            return Files.getOwner(Path.of("/proc/self")).getName().equals("root");
        } catch (IOException e) {
            return false;
        }
    }

    /** Free space on the disk that will hold {@code folder}, whether that exists yet or not. */
    public static void requireDisk(Path folder) throws IOException {
        long free = freeBytes(folder);
        if (free < MIN_FREE_BYTES) {
            throw new StateMeshException(
                    LauncherErrors.DISK_FULL,
                    "the disk of " + folder + " has too little free space: a zone needs 2 GiB.",
                    List.of((free >> 20) + " MiB are free"),
                    List.of("make room, or choose another folder: statemesh up --data DIR"));
        }
    }

    public static long freeBytes(Path folder) throws IOException {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.getFileStore(existing).getUsableSpace();
    }

    public static void requireKernel() throws IOException {
        List<String> lacking = kernelLacks();
        if (!lacking.isEmpty()) {
            throw new StateMeshException(
                    LauncherErrors.KERNEL_LACKS,
                    "this kernel lacks something that containers need.",
                    lacking,
                    List.of("statemesh doctor"));
        }
    }

    /** One line per missing feature. */
    public static List<String> kernelLacks() throws IOException {
        List<String> lacking = new ArrayList<>();
        if (Files.readAllLines(Path.of("/proc/filesystems")).stream().noneMatch(line -> line.endsWith("overlay"))) {
            lacking.add("overlay file system (modprobe overlay)");
        }
        boolean unified = Files.exists(CGROUPS.resolve("cgroup.controllers"));
        if (!unified && !Files.isDirectory(CGROUPS.resolve("memory"))) {
            lacking.add("memory control groups (mounted at /sys/fs/cgroup)");
        }
        for (String namespace : List.of("net", "mnt", "pid", "ipc", "uts")) {
            if (!Files.exists(Path.of("/proc/self/ns", namespace))) {
                lacking.add(namespace + " namespaces");
            }
        }
        return lacking;
    }
}
