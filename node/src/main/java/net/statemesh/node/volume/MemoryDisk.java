// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.volume;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.node.NodeErrors;
import net.statemesh.node.process.SystemCommand;

/** File systems in memory (tmpfs): what is written there never reaches a disk. */
final class MemoryDisk {
    private MemoryDisk() {}

    /** Mounts one on an existing folder, unless there is one already: then false. {@code mode} as {@code chmod} takes it. */
    static boolean mount(Path folder, long sizeBytes, String mode) {
        if (isMounted(folder)) {
            return false;
        }
        SystemCommand.run(
                NodeErrors.STATE,
                List.of(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "nosuid,nodev,size=" + sizeBytes + ",mode=" + mode,
                        "statemesh",
                        folder.toString()));
        return true;
    }

    static void unmount(Path folder) {
        if (isMounted(folder)) {
            SystemCommand.run(NodeErrors.STATE, List.of("umount", "-l", folder.toString()));
        }
    }

    private static boolean isMounted(Path folder) {
        try {
            return Mount.isOn(folder.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
