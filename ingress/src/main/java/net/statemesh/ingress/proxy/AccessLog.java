// SPDX-License-Identifier: Apache-2.0
package net.statemesh.ingress.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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
        try {
            FileChannel channel = open(target);
            try {
                for (byte[] lines = queue.take(); lines.length > 0; lines = queue.take()) {
                    if (channel.size() + lines.length > maxBytes && channel.size() > 0) {
                        channel.close();
                        Files.move(
                                target,
                                target.resolveSibling(target.getFileName() + ".1"),
                                StandardCopyOption.REPLACE_EXISTING);
                        channel = open(target);
                    }
                    writeFully(channel, lines, target);
                }
            } finally {
                channel.close();
            }
        } catch (IOException e) {
            LOG.error("event=access-log-stopped file={} cause=\"{}\"", target, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void writeFully(FileChannel channel, byte[] lines, Path target) {
        ByteBuffer bytes = ByteBuffer.wrap(lines);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            // a full disk may have room again: the next lines are tried
            LOG.warn("event=access-log-not-written file={} cause=\"{}\"", target, e.toString());
        }
    }

    private static FileChannel open(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Writes what is queued, then ends. */
    @Override
    public void close() {
        Thread ending = writer;
        if (ending == null) {
            return;
        }
        try {
            queue.put(END);
            ending.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
