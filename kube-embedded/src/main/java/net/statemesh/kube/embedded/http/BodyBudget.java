// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of request bodies that are held in memory, from their first byte until their request has been served. */
final class BodyBudget {
    private final AtomicLong freeBytes;

    BodyBudget(long maxBytes) {
        this.freeBytes = new AtomicLong(maxBytes);
    }

    Share share() {
        return new Share();
    }

    /** What one request holds. */
    final class Share implements AutoCloseable {
        private long heldBytes;

        private Share() {}

        /** Takes more, or nothing and answers false when that much is not free. */
        boolean take(int bytes) {
            if (freeBytes.addAndGet(-bytes) < 0) {
                freeBytes.addAndGet(bytes);
                return false;
            }
            synchronized (this) {
                heldBytes += bytes;
            }
            return true;
        }

        /** Gives everything back. */
        @Override
        public synchronized void close() {
            freeBytes.addAndGet(heldBytes);
            heldBytes = 0;
        }
    }
}
