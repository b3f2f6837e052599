// SPDX-License-Identifier: Apache-2.0
package net.statemesh.health.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happens when, in virtual milliseconds; what is due at the same one happens in the order in which it was planned. The near future
 * is a wheel of one slot per millisecond, so that planning costs the same however much is planned.
 */
final class Timeline {
    private static final int SLOTS = 1 << 12;

    private final List<List<Runnable>> wheel = new ArrayList<>();
    private final TreeMap<Long, List<Runnable>> later = new TreeMap<>();
    private long nowMillis;
    private long steps;

    Timeline() {
        for (int i = 0; i < SLOTS; i++) {
            wheel.add(new ArrayList<>());
        }
    }

    long nowMillis() {
        return nowMillis;
    }

    /** How much has happened. */
    long steps() {
        return steps;
    }

    void in(long delayMillis, Runnable action) {
        if (delayMillis < SLOTS) {
            slot(nowMillis + Math.max(0, delayMillis)).add(action);
        } else {
            later.computeIfAbsent(nowMillis + delayMillis, at -> new ArrayList<>())
                    .add(action);
        }
    }

    /** Lets everything happen before this time. */
    void runUntil(long endMillis) {
        while (nowMillis < endMillis) {
            Map.Entry<Long, List<Runnable>> first = later.firstEntry();
            if (first != null && first.getKey() == nowMillis) {
                slot(nowMillis).addAll(first.getValue());
                later.pollFirstEntry();
            }
            List<Runnable> due = slot(nowMillis);
            // what is due grows while it happens
            for (int i = 0; i < due.size(); i++) {
                due.get(i).run();
            }
            steps += due.size();
            due.clear();
            nowMillis++;
        }
    }

    private List<Runnable> slot(long atMillis) {
        return wheel.get((int) (atMillis % SLOTS));
    }
}
