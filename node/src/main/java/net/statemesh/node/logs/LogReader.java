// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.logs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies the log of one container to a receiver: the parts that were rotated away and the file being written, and then what is still
 * to come. Blocks; the receiver sets the pace.
 */
public final class LogReader {
    private static final long LOOK_AGAIN_MILLIS = 1_000;

    private final LogOptions options;
    private final Receiver receiver;
    private long leftBytes;
    private boolean lineOpen;

    public LogReader(LogOptions options, Receiver receiver) {
        this.options = options;
        this.receiver = receiver;
        this.leftBytes = options.limitBytes() == null ? Long.MAX_VALUE : options.limitBytes();
    }

    /** Takes pieces of the log in order; may block to slow the reader down, and fails when nobody listens any more. */
    @FunctionalInterface
    public interface Receiver {
        void accept(byte[] bytes) throws IOException;
    }

    /** {@code running} says whether the container may still write. */
    public void read(Path log, BooleanSupplier running) throws IOException, InterruptedException {
        List<Path> parts = LogFiles.oldestFirst(log);
        Beginning beginning = beginning(parts);
        for (int i = beginning.part(); i < parts.size() && leftBytes > 0; i++) {
            try (LogFile part = LogFile.open(parts.get(i))) {
                if (i == beginning.part() && beginning.tailLines() != null) {
                    part.seekTail(beginning.tailLines());
                }
                copy(part);
                if (options.follow() && parts.get(i).equals(log)) {
                    follow(log, part, running);
                }
            }
        }
    }

    /**
     * Where to begin.
     *
     * @param part index of the first part to read
     * @param tailLines how many lines of that part; null: all
     */
    private record Beginning(int part, @Nullable Long tailLines) {}

    private Beginning beginning(List<Path> parts) throws IOException {
        if (options.tailLines() == null || parts.isEmpty()) {
            return new Beginning(0, null);
        }
        long wanted = options.tailLines();
        for (int i = parts.size() - 1; i > 0; i--) {
            try (LogFile part = LogFile.open(parts.get(i))) {
                long missing = part.seekTail(wanted);
                if (missing == 0) {
                    return new Beginning(i, wanted);
                }
                wanted = missing;
            }
        }
        return new Beginning(0, wanted);
    }

    private void copy(LogFile part) throws IOException {
        for (Optional<LogLine> line = part.next(); line.isPresent() && leftBytes > 0; line = part.next()) {
            send(line.get());
        }
    }

    private void follow(Path log, LogFile begun, BooleanSupplier running) throws IOException, InterruptedException {
        LogFile current = begun;
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            LogFiles.folder(log)
                    .register(watch, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_CREATE);
            while (leftBytes > 0) {
                boolean mayGrow = running.getAsBoolean();
                copy(current);
                if (current.replaced()) {
                    LogFile next = reopened(log, current, begun);
                    if (next != current) {
                        current = next;
                        continue;
                    }
                }
                if (!mayGrow) {
                    return;
                }
                WatchKey key = watch.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        } finally {
            if (current != begun) {
                current.close();
            }
        }
    }

    /** The file that took the place of a rotated one; the rotated one while there is none yet. */
    private LogFile reopened(Path log, LogFile rotated, LogFile begun) throws IOException {
        if (!Files.exists(log)) {
            return rotated;
        }
        copy(rotated);
        LogFile next = LogFile.open(log);
        if (rotated != begun) {
            rotated.close();
        }
        return next;
    }

    private void send(LogLine line) throws IOException {
        if (options.since() != null && line.time().isBefore(options.since())) {
            return;
        }
        String head = options.timestamps() && !lineOpen ? line.timestamp() + " " : "";
        byte[] bytes = (head + line.text() + (line.partial() ? "" : "\n")).getBytes(StandardCharsets.UTF_8);
        lineOpen = line.partial();
        int length = (int) Math.min(bytes.length, leftBytes);
        leftBytes -= length;
        receiver.accept(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }
}
