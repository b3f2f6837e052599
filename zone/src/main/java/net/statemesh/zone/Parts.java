// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be closed together, the last one first. */
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T keep(T part) {
        open.push(part);
        return part;
    }

    /** Closes all, whatever one of them throws; then others may be kept. */
    @Override
    public void close() {
        Deque<AutoCloseable> all;
        synchronized (this) {
            all = new ArrayDeque<>(open);
            open.clear();
        }
        for (AutoCloseable part : all) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("closing {} failed", part, e);
            }
        }
    }
}
