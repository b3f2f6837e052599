// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.logs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One open log file, read entry by entry. A half-written entry at the end is kept until the rest of it appears. */
final class LogFile implements AutoCloseable {
    /** Longer than any entry that containerd writes: 16 KiB of text with its head. */
    private static final int MAX_ENTRY_BYTES = 64 << 10;

    private final Path path;
    private final @Nullable Object key;
    private final RandomAccessFile file;
    private final byte[] buffer = new byte[MAX_ENTRY_BYTES];
    private int from;
    private int to;

    private LogFile(Path path, @Nullable Object key, RandomAccessFile file) {
        this.path = path;
        this.key = key;
        this.file = file;
    }

    static LogFile open(Path path) throws IOException {
        Object key = key(path);
        return new LogFile(path, key, new RandomAccessFile(path.toFile(), "r"));
    }

    /** Goes to the first of the last {@code count} entries; answers how many of them this file does not have. */
    long seekTail(long count) throws IOException {
        LogTail.Start start = LogTail.find(file, count);
        file.seek(start.offset());
        return start.missing();
    }

    /** The next entry, or empty at the end of what is written so far. Lines that are no entries are passed over. */
    Optional<LogLine> next() throws IOException {
        while (true) {
            int end = lineEnd();
            if (end < 0) {
                if (!fill()) {
                    return Optional.empty();
                }
                continue;
            }
            Optional<LogLine> line = LogLine.parse(buffer, from, end - from);
            from = end + 1;
            if (line.isPresent()) {
                return line;
            }
        }
    }

    /** True when the path leads to another file by now: this one was rotated away. */
    boolean replaced() throws IOException {
        return !Objects.equals(key, key(path));
    }

    private int lineEnd() {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        } else if (to == buffer.length) {
            to = 0;
        }
        int read = file.read(buffer, to, buffer.length - to);
        to += Math.max(0, read);
        return read > 0;
    }

    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
