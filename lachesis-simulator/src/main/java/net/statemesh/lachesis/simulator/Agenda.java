// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: what is to happen, in order of time, then of entry. */
public final class Agenda {
    private static final Comparator<Task> ORDER =
            Comparator.comparingLong(Task::atMillis).thenComparingLong(Task::entry);

    private final PriorityQueue<Task> tasks = new PriorityQueue<>(ORDER);
    private long nowMillis;
    private long entries;
    private long steps;

    private record Task(long atMillis, long entry, Runnable action) {}

    /** Lets something happen after a delay of 0 or more. */
    public void in(long delayMillis, Runnable action) {
        if (delayMillis < 0) {
            throw new IllegalArgumentException("a delay of " + delayMillis + " ms would change the past");
        }
        tasks.add(new Task(nowMillis + delayMillis, entries++, action));
    }

    /** Moves to the next task and does it; false when none is left. */
    public boolean step() {
        Task next = tasks.poll();
        if (next == null) {
            return false;
        }
        nowMillis = next.atMillis();
        steps++;
        next.action().run();
        return true;
    }

    public long nowMillis() {
        return nowMillis;
    }

    /** How many tasks were done. */
    public long steps() {
        return steps;
    }
}
