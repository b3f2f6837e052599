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
            if (Files.notExists(log)) {
                // moved aside by an agent that ended before it could tell the runtime
                reopen.run();
                return false;
            }
            if (Files.size(log) < MAX_FILE_BYTES) {
                return false;
            }
            Path aside = log.resolveSibling(log.getFileName() + "." + SUFFIX.format(now));
            Files.move(log, aside, StandardCopyOption.ATOMIC_MOVE);
            reopenOrPutBack(log, aside, reopen);
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

    /** A runtime that was not told writes on into the file that was moved: then it gets its name back. */
    private static void reopenOrPutBack(Path log, Path aside, Runnable reopen) throws IOException {
        boolean reopened = false;
        try {
            reopen.run();
            reopened = true;
        } finally {
            if (!reopened && Files.notExists(log)) {
                Files.move(aside, log, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
