// SPDX-License-Identifier: Apache-2.0
package net.statemesh.daemon;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop on a virtual thread of its own that lives as long as its process. A turn may throw whatever it likes: that is recorded, and
 * the next turn comes after a back-off. Only {@link #close()} ends the loop; a thread that ended otherwise would leave a process that
 * looks well and does half of its work.
 */
public final class Daemon implements AutoCloseable {
    /** Pauses after failed turns. */
    public static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10));

    /** What is done again and again. */
    @FunctionalInterface
    public interface Turn {
        /**
         * May block; is interrupted on close.
         *
         * @return how long to rest until the next turn
         */
        Duration take() throws Exception;
    }

    /** How time passes. */
    @FunctionalInterface
    interface Rest {
        void take(Duration duration) throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final String name;
    private final Set<Class<? extends Exception>> foreseen;
    private final Turn turn;
    private final Rest rest;
    private final Thread thread;
    private volatile boolean closed;
    private int failuresInARow;
    private String lastFailure = "";

    private Daemon(String name, Set<Class<? extends Exception>> foreseen, Turn turn, Rest rest) {
        this.name = name;
        this.foreseen = foreseen;
        this.turn = turn;
        this.rest = rest;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /**
     * Starts at once.
     *
     * @param name of the thread, and in the log
     * @param foreseen failures that happen in a healthy program, such as an API server that is away: they are logged without a
     *     stack trace
     */
    public static Daemon start(String name, Set<Class<? extends Exception>> foreseen, Turn turn) {
        return start(name, foreseen, turn, pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()));
    }

    static Daemon start(String name, Set<Class<? extends Exception>> foreseen, Turn turn, Rest rest) {
        Daemon daemon = new Daemon(name, foreseen, turn, rest);
        daemon.thread.start();
        return daemon;
    }

    private void run() {
        while (!closed) {
            Duration pause = attempt();
            try {
                if (!closed && pause.isPositive()) {
                    rest.take(pause);
                }
            } catch (InterruptedException e) {
                // by close, which the condition of the loop sees, or a stray one, which costs no more than a rest
                LOG.trace("daemon={} interrupted", name, e);
            }
        }
    }

    private Duration attempt() {
        try {
            Duration pause = turn.take();
            if (failuresInARow > 0) {
                LOG.info("daemon={} works again after failures={}", name, failuresInARow);
            }
            failuresInARow = 0;
            lastFailure = "";
            return pause;
        } catch (Throwable failure) {
            failuresInARow++;
            Duration pause = BACKOFF.after(failuresInARow);
            if (!closed) {
                record(failure, pause);
            }
            return pause;
        }
    }

    /** The same failure again and again is one line in the log. */
    private void record(Throwable failure, Duration pause) {
        String text = failure.toString();
        if (text.equals(lastFailure)) {
            LOG.debug("daemon={} failures={} cause=\"{}\"", name, failuresInARow, text, failure);
        } else if (foreseen.stream().anyMatch(type -> type.isInstance(failure))) {
            LOG.warn("daemon={} failed, again in {} ms: {}", name, pause.toMillis(), text);
        } else {
            LOG.error("daemon={} failed, again in {} ms", name, pause.toMillis(), failure);
        }
        lastFailure = text;
    }

    /** Interrupts the turn under way and waits for nothing. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
