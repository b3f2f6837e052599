// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.Arrays;

/** Event ids of an epoch and their numbers: 1, 2, 3 in order of arrival. Open addressing, at most half full. */
final class EventTable {
    private static final int FIRST_CAPACITY = 64;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private EventId[] ids = new EventId[FIRST_CAPACITY];
    private int[] slots = new int[2 * FIRST_CAPACITY];
    private int size;

    /** The number of an event, {@link Dag#NONE} if it is not known. */
    int numberOf(EventId id) {
        for (int slot = slotOf(id); ; slot = (slot + 1) & (slots.length - 1)) {
            int number = slots[slot];
            if (number == Dag.NONE || ids[number].equals(id)) {
                return number;
            }
        }
    }

    EventId id(int number) {
        return ids[number];
    }

    /** Gives a new id the next number. */
    int add(EventId id) {
        size++;
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * size);
            slots = new int[2 * ids.length];
            for (int number = 1; number < size; number++) {
                place(number);
            }
        }
        ids[size] = id;
        place(size);
        return size;
    }

    int size() {
        return size;
    }

    private void place(int number) {
        int slot = slotOf(ids[number]);
        while (slots[slot] != Dag.NONE) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number;
    }

    private int slotOf(EventId id) {
        long mixed = (id.prefix() ^ id.hash1() ^ id.hash2() * 3 ^ id.hash3() * 5) * MIX;
        return (int) (mixed >>> Integer.SIZE) & (slots.length - 1);
    }
}
