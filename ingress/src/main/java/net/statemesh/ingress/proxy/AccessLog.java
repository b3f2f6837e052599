// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the access log behind the event loops' backs: a bounded queue, one writer, one old file kept. When the disk is too slow
 * lines are dropped and counted; requests never wait.
 */
public final class AccessLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final int MAX_QUEUED_BLOCKS = 256;
    private static final long CLOSE_SECONDS = 5;
    /** It names who asked for what. */
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

    private static final byte[] END = new byte[0];

    private final @Nullable Path file;
    private final long maxBytes;
    private final InstantSource clock;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(MAX_QUEUED_BLOCKS);
    private @Nullable Thread writer;

    /** @param file absent: no access log */
    public AccessLog(@Nullable Path file, long maxBytes, InstantSource clock) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.clock = clock;
        if (file != null) {
            writer = Thread.ofPlatform().daemon().name("access-log").start(() -> write(file));
        }
    }

    boolean isOn() {
        return file != null;
    }

    long nowMillis() {
        return clock.millis();
    }

    boolean offer(byte[] lines) {
        return queue.offer(lines);
    }

    private void write(Path target) {
        Output output = new Output(target);
        try {
            for (byte[] lines = queue.take(); lines.length > 0; lines = queue.take()) {
                output.append(lines);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            output.release();
        }
    }

    /** The open file. Lines that cannot be written are lost; with the next ones the file is opened anew. */
    private final class Output {
        private final Path target;
        private @Nullable FileChannel channel;
        private String trouble = "";

        Output(Path target) {
            this.target = target;
        }

        void append(byte[] lines) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(lines);
                FileChannel open = withRoomFor(lines.length);
                while (bytes.hasRemaining()) {
                    open.write(bytes);
                }
                trouble = "";
            } catch (IOException | RuntimeException e) {
                if (!trouble.equals(e.toString())) {
                    LOG.warn("event=access-log-not-written file={} cause=\"{}\"", target, e.toString());
                }
                trouble = e.toString();
                release();
            }
        }

        private FileChannel withRoomFor(int bytes) throws IOException {
            FileChannel open = channel == null ? open(target) : channel;
            channel = open;
            if (open.size() + bytes > maxBytes && open.size() > 0) {
                open.close();
                Files.move(
                        target,
                        target.resolveSibling(target.getFileName() + ".1"),
                        StandardCopyOption.REPLACE_EXISTING);
                open = open(target);
                channel = open;
            }
            return open;
        }

        void release() {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                LOG.debug("event=access-log-not-closed file={}", target, e);
            }
            channel = null;
        }
    }

    private static FileChannel open(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return FileChannel.open(
                target,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PRIVATE);
    }

    /** Writes what is queued, then ends. */
    @Override
    public void close() {
        Thread ending = writer;
        if (ending == null) {
            return;
        }
        try {
            if (!queue.offer(END, CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=access-log-not-finished: the disk is too slow");
                ending.interrupt();
            }
            ending.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
