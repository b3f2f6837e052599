// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.client;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import net.statemesh.api.error.StateMeshException;

/** A watch that can be waited for with a bound. */
public final class Changes implements AutoCloseable {
    private static final int CAPACITY = 256;
    private static final String ENDED = "ENDED";

    private final Watch watch;
    private final BlockingQueue<Watch.Event> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread reader;

    public Changes(Watch watch) {
        this.watch = watch;
        this.reader = Thread.ofVirtual().name("watch").start(this::read);
    }

    /** The next change; empty when none came in time. An event of type {@code ENDED} says that the stream is over. */
    public Optional<Watch.Event> next(Duration within) {
        try {
            return Optional.ofNullable(queue.poll(Math.max(0, within.toNanos()), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether the stream is over: list again and watch from there. */
    public static boolean isEnd(Watch.Event event) {
        return event.type().equals(ENDED) || event.type().equals("ERROR");
    }

    private void read() {
        try {
            Optional<Watch.Event> event = watch.next();
            while (event.isPresent()) {
                queue.put(event.get());
                event = watch.next();
            }
            queue.put(new Watch.Event(ENDED, MissingNode.getInstance()));
        } catch (InterruptedException | StateMeshException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    @Override
    public void close() {
        reader.interrupt();
        watch.close();
    }
}
