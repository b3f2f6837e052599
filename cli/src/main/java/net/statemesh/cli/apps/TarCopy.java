// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Files as a tar stream, both ways. What comes out of a container is not trusted: it stays below the folder it goes to. */
final class TarCopy {
    private static final int PIPE_BYTES = 1 << 20;
    private static final int MAX_FILES = 1_000_000;
    private static final int OWNER_EXECUTES = 0100;

    private TarCopy() {}

    /** Number of files at or below a path. */
    static long count(Path local) throws IOException {
        try (Stream<Path> files = Files.walk(local)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    /** Writes an archive of a file or folder, under its own name. */
    static void pack(Path local, OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            Path base = local.toAbsolutePath().normalize();
            Path parent = base.getParent() == null ? base : base.getParent();
            List<Path> all;
            try (Stream<Path> files = Files.walk(base)) {
                all = files.filter(file -> Files.isRegularFile(file) || Files.isDirectory(file))
                        .sorted()
                        .toList();
            }
            for (Path file : all) {
                add(tar, file, parent.relativize(file).toString());
            }
        }
    }

    private static void add(TarArchiveOutputStream tar, Path file, String name) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(file.toFile(), name);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setMode(Files.isDirectory(file) ? 0755 : Files.isExecutable(file) ? 0755 : 0644);
        tar.putArchiveEntry(entry);
        if (Files.isRegularFile(file)) {
            Files.copy(file, tar);
        }
        tar.closeArchiveEntry();
    }

    /** Unpacks what is written to {@link #input} below a folder. */
    static final class Unpacking implements AutoCloseable {
        private final PipedOutputStream input = new PipedOutputStream();
        private final PipedInputStream archive;
        private final CompletableFuture<Long> files = new CompletableFuture<>();

        Unpacking(Path folder) throws IOException {
            archive = new PipedInputStream(input, PIPE_BYTES);
            Thread.ofVirtual().name("untar").start(() -> {
                try {
                    files.complete(unpack(archive, folder));
                } catch (IOException | StateMeshException e) {
                    files.completeExceptionally(e);
                    drop(archive);
                }
            });
        }

        OutputStream input() {
            return input;
        }

        /** Waits for the last file; how many there were. */
        long finish() throws IOException {
            input.close();
            try {
                return files.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof StateMeshException known) {
                    throw known;
                }
                throw new IOException("the archive that came is broken", e.getCause());
            }
        }

        @Override
        public void close() throws IOException {
            input.close();
        }

        private static void drop(InputStream rest) {
            try {
                rest.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // the writer is gone already
            }
        }
    }

    static long unpack(InputStream archive, Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        Files.createDirectories(root);
        Path real = root.toRealPath();
        long files = 0;
        TarArchiveInputStream tar = new TarArchiveInputStream(archive, "UTF-8");
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path target = real.resolve(entry.getName()).normalize();
            if (!target.startsWith(real) || entry.getName().startsWith("/")) {
                throw refused(entry.getName(), "it leads out of '" + folder + "'");
            }
            if (entry.isDirectory()) {
                inside(Files.createDirectories(target), real, entry.getName());
            } else if (isRegular(entry)) {
                Path parent = target.getParent() == null ? real : target.getParent();
                inside(Files.createDirectories(parent), real, entry.getName());
                Files.deleteIfExists(target); // never through a link that is there already
                Files.copy(tar, target);
                if ((entry.getMode() & OWNER_EXECUTES) != 0) {
                    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(target);
                    permissions.add(PosixFilePermission.OWNER_EXECUTE);
                    Files.setPosixFilePermissions(target, permissions);
                }
                if (++files > MAX_FILES) {
                    throw refused(entry.getName(), "there are more than " + MAX_FILES + " files");
                }
            }
        }
        return files;
    }

    /** Links and devices are left out: what they lead to is nothing that was asked for. */
    private static boolean isRegular(TarArchiveEntry entry) {
        return entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    }

    private static void inside(Path directory, Path real, String name) throws IOException {
        if (!directory.toRealPath().startsWith(real)) {
            throw refused(name, "a link there leads out of the folder");
        }
    }

    private static StateMeshException refused(String name, String why) {
        return new StateMeshException(
                CliErrors.LOCAL_FILE,
                "'" + name + "' from the container is not unpacked: " + why + ".",
                List.of(),
                List.of("copy what you need one by one"));
    }
}
