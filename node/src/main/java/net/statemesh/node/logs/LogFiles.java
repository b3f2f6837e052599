// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of one container's log: {@code 0.log}, and {@code 0.log.<time>} for parts that were rotated away. */
public final class LogFiles {
    private LogFiles() {}

    /** Rotated parts, oldest first, then the file being written. Files that do not exist are left out. */
    public static List<Path> oldestFirst(Path log) {
        Path folder = folder(log);
        String prefix = log.getFileName() + ".";
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> rotated = entries.filter(p -> p.getFileName().toString().startsWith(prefix))
                    .sorted(Comparator.comparing(p -> p.getFileName().toString()))
                    .toList();
            return Files.exists(log)
                    ? Stream.concat(rotated.stream(), Stream.of(log)).toList()
                    : rotated;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a log with all of its parts. */
    public static void remove(Path log) {
        oldestFirst(log).forEach(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static Path folder(Path log) {
        return Optional.ofNullable(log.getParent()).orElseThrow();
    }
}
