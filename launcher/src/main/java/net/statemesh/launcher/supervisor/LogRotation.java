// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps logs small. A process writes to its log by an inherited descriptor in append mode, so the content is copied away and the
 * file truncated in place; a line written between the two is lost.
 */
final class LogRotation {
    static final long MAX_BYTES = 10L << 20;
    private static final int KEPT = 3;

    private LogRotation() {}

    static void rotate(Path folder) throws IOException {
        for (Path log : logs(folder)) {
            if (Files.size(log) > MAX_BYTES) {
                for (int number = KEPT - 1; number >= 1; number--) {
                    Path older = numbered(log, number);
                    if (Files.exists(older)) {
                        Files.move(older, numbered(log, number + 1), REPLACE_EXISTING);
                    }
                }
                Files.copy(log, numbered(log, 1), REPLACE_EXISTING);
                try (FileChannel channel = FileChannel.open(log, WRITE)) {
                    channel.truncate(0);
                }
            }
        }
    }

    private static List<Path> logs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }

    private static Path numbered(Path log, int number) {
        return log.resolveSibling(log.getFileName() + "." + number);
    }
}
