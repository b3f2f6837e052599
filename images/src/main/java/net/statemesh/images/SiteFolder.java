// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.statemesh.api.error.StateMeshException;

/**
 * The files of a folder that may be published. Links are followed and must stay inside the folder; hidden files are left out, because
 * {@code .git} and {@code .env} are there by accident.
 *
 * @param files path with slashes, relative to the folder, to the file
 */
record SiteFolder(SortedMap<String, Path> files) {
    static final int MAX_FILES = 20_000;
    static final long MAX_BYTES = 512L << 20;

    private static final int MAX_DEPTH = 64;

    static SiteFolder read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw failure(
                    "'" + folder + "' is " + (Files.exists(folder) ? "not a folder." : "not there."),
                    "give a folder that exists");
        }
        try {
            Visitor visitor = new Visitor(folder);
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), MAX_DEPTH, visitor);
            return new SiteFolder(Collections.unmodifiableSortedMap(visitor.files));
        } catch (IOException e) {
            throw new StateMeshException(
                    ImageErrors.FOLDER,
                    "Cannot read folder '" + folder + "'.",
                    List.of(String.valueOf(e)),
                    List.of("check its permissions"),
                    e);
        }
    }

    private static StateMeshException failure(String sentence, String next) {
        return new StateMeshException(ImageErrors.FOLDER, sentence, List.of(), List.of(next));
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Path real;
        private final TreeMap<String, Path> files = new TreeMap<>();
        private long sizeBytes;

        Visitor(Path folder) throws IOException {
            this.folder = folder;
            this.real = folder.toRealPath();
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (directory.equals(folder)) {
                return FileVisitResult.CONTINUE;
            }
            if (hidden(directory)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            checkInside(directory);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (hidden(file)) {
                return FileVisitResult.CONTINUE;
            }
            checkInside(file);
            if (!attributes.isRegularFile()) {
                throw failure(
                        "'" + relative(file) + "' is neither a file nor a folder (or lies deeper than " + MAX_DEPTH
                                + " folders).",
                        "remove it from the folder");
            }
            if (!Files.isReadable(file)) {
                throw failure("'" + relative(file) + "' is not readable.", "chmod +r " + file);
            }
            sizeBytes += attributes.size();
            files.put(relative(file), file);
            if (files.size() > MAX_FILES || sizeBytes > MAX_BYTES) {
                throw new StateMeshException(
                        ImageErrors.TOO_LARGE,
                        "'" + folder + "' has more than " + MAX_FILES + " files or " + (MAX_BYTES >> 20) + " MiB.",
                        List.of("counted up to '" + relative(file) + "'"),
                        List.of("publish only what the browser loads, for example the build's output folder"));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            if (hidden(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (cause instanceof FileSystemLoopException) {
                throw failure("'" + relative(file) + "' links to a folder above it.", "remove the link");
            }
            throw cause;
        }

        private boolean hidden(Path path) {
            String name = String.valueOf(path.getFileName());
            return name.startsWith(".") && !name.equals(".well-known");
        }

        private void checkInside(Path path) throws IOException {
            Path target = path.toRealPath();
            if (!target.startsWith(real)) {
                throw new StateMeshException(
                        ImageErrors.FOLDER,
                        "'" + relative(path) + "' links out of the folder.",
                        List.of("it leads to " + target),
                        List.of("copy the target into the folder, or remove the link"));
            }
        }

        private String relative(Path path) {
            return folder.relativize(path).toString().replace(File.separatorChar, '/');
        }
    }
}
