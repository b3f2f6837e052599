// SPDX-License-Identifier: Apache-2.0
package net.statemesh.lachesis;

import java.util.Arrays;

/** A growing list of ints. */
final class IntList {
    private static final int FIRST_CAPACITY = 16;

    private int[] values = new int[FIRST_CAPACITY];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    void set(int index, int value) {
        values[index] = value;
    }

    int removeLast() {
        return values[--size];
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
