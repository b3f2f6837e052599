// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Bounds what one container's log takes: 10 MiB a file, 5 files. */
public final class LogRotation {
    static final long MAX_FILE_BYTES = 10L << 20;
    static final int MAX_FILES = 5;
    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss.SSS").withZone(ZoneOffset.UTC);

    private LogRotation() {}

    /**
     * Moves a log that has grown too large aside and removes the oldest parts.
     *
     * @param reopen tells the runtime to write to a new file from now on
     * @return whether the log was rotated
     */
    public static boolean rotate(Path log, Instant now, Runnable reopen) {
        try {
            if (Files.size(log) < MAX_FILE_BYTES) {
                return false;
            }
            Path aside = log.resolveSibling(log.getFileName() + "." + SUFFIX.format(now));
            Files.move(log, aside, StandardCopyOption.ATOMIC_MOVE);
            reopen.run();
            List<Path> parts = LogFiles.oldestFirst(log);
            for (Path part : parts.subList(0, Math.max(0, parts.size() - MAX_FILES))) {
                Files.deleteIfExists(part);
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
