// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.down;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Removal of files. */
final class Folders {
    private Folders() {}

    static void deleteMatching(Path folder, Predicate<String> name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> matching;
        try (Stream<Path> entries = Files.list(folder)) {
            matching = entries.filter(entry -> name.test(entry.getFileName().toString()))
                    .toList();
        }
        for (Path entry : matching) {
            Files.deleteIfExists(entry);
        }
    }

    /** The folder and everything in it; links are removed, not followed. */
    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
