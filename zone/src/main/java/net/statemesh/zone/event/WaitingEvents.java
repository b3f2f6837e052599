// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.event;

import io.fabric8.kubernetes.api.model.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Events in the order in which they happened, up to a number of them. When there are more, the oldest that tell of no trouble make room. */
final class WaitingEvents {
    private final int limit;
    private final Deque<Event> events = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();

    WaitingEvents(int limit) {
        this.limit = limit;
    }

    /** Gives the one that made room, if any. */
    Optional<Event> add(Event event) {
        lock.lock();
        try {
            Optional<Event> dropped = events.size() < limit ? Optional.empty() : Optional.of(leastMissed());
            events.add(event);
            added.signal();
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for one. */
    Event take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (events.isEmpty()) {
                added.await();
            }
            return events.removeFirst();
        } finally {
            lock.unlock();
        }
    }

    private Event leastMissed() {
        for (Iterator<Event> each = events.iterator(); each.hasNext(); ) {
            Event event = each.next();
            if (!EventRecorder.WARNING.equals(event.getType())) {
                each.remove();
                return event;
            }
        }
        return events.removeFirst();
    }
}
