// SPDX-License-Identifier: Apache-2.0
package net.statemesh.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.statemesh.api.error.StateMeshException;

/** Collects the paths of one layer, sorted, parents first; within bounds. */
final class LayerContents {
    static final int MAX_ENTRIES = 50_000;
    static final long MAX_BYTES = 2L << 30;

    private static final int DIRECTORY_MODE = 0755;
    private static final int MODE_MASK = 07777;

    private final SortedMap<String, LayerEntry> entries = new TreeMap<>();
    private long sizeBytes;

    void file(String path, byte[] content, int mode) {
        add(normalise(path), new LayerEntry.InlineFile(content.clone(), mode & MODE_MASK), content.length);
    }

    void file(String path, Path source, int mode) {
        try {
            if (!Files.isRegularFile(source)) {
                throw new StateMeshException(
                        ImageErrors.FOLDER, "'" + source + "' is not a regular file.", List.of(), List.of());
            }
            long size = Files.size(source);
            add(normalise(path), new LayerEntry.CopiedFile(source, size, mode & MODE_MASK), size);
        } catch (IOException e) {
            throw new StateMeshException(
                    ImageErrors.FOLDER, "Cannot read '" + source + "'.", List.of(String.valueOf(e)), List.of(), e);
        }
    }

    void directory(String path, int mode) {
        add(normalise(path), new LayerEntry.Directory(mode & MODE_MASK), 0);
    }

    void link(String path, String target) {
        add(normalise(path), new LayerEntry.SymbolicLink(target), 0);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Path without leading slash to entry, parents before children. */
    SortedMap<String, LayerEntry> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    private void add(String path, LayerEntry entry, long addedBytes) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            LayerEntry parent = entries.computeIfAbsent(
                    path.substring(0, slash), missing -> new LayerEntry.Directory(DIRECTORY_MODE));
            if (!(parent instanceof LayerEntry.Directory)) {
                throw invalidPath(path, "'" + path.substring(0, slash) + "' is a file already");
            }
        }
        LayerEntry before = entries.put(path, entry);
        if (before != null && !(before instanceof LayerEntry.Directory && entry instanceof LayerEntry.Directory)) {
            throw invalidPath(path, "it is there already");
        }
        sizeBytes += addedBytes;
        if (entries.size() > MAX_ENTRIES || sizeBytes > MAX_BYTES) {
            throw new StateMeshException(
                    ImageErrors.TOO_LARGE,
                    "An image layer may have " + MAX_ENTRIES + " entries and " + (MAX_BYTES >> 20) + " MiB: '" + path
                            + "' is beyond that.",
                    List.of(),
                    List.of("leave out what the application does not need"));
        }
    }

    private static String normalise(String path) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        if (relative.isEmpty() || relative.indexOf('\0') >= 0 || relative.indexOf('\\') >= 0) {
            throw invalidPath(path, "it is empty or has a NUL or backslash");
        }
        for (String component : relative.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                throw invalidPath(path, "components must not be empty, '.' or '..'");
            }
        }
        return relative;
    }

    private static StateMeshException invalidPath(String path, String why) {
        return new StateMeshException(
                ImageErrors.INVALID, "'" + path + "' cannot be a path in an image: " + why + ".", List.of(), List.of());
    }
}
