// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.state;

import java.util.Arrays;
import net.statemesh.evm.type.Word;

/**
 * The slots of one account that a block has touched: a hash table whose entries keep their number as it grows, over flat arrays of words, so
 * that reading a slot for the second time allocates nothing.
 */
final class StorageTable {
    private static final int FIRST_CAPACITY = 8;
    private static final int NONE = -1;

    private int[] index = new int[2 * FIRST_CAPACITY];
    private long[] keys = new long[FIRST_CAPACITY * Word.LIMBS];
    private long[] values = new long[FIRST_CAPACITY * Word.LIMBS];
    private long[] originals = new long[FIRST_CAPACITY * Word.LIMBS];
    private int[] warmIn = new int[FIRST_CAPACITY];
    private boolean[] isWritten = new boolean[FIRST_CAPACITY];
    private int count;

    int count() {
        return count;
    }

    /** The number of the slot whose key stands at {@code at}, or -1. */
    int find(long[] words, int at) {
        int mask = index.length - 1;
        int probe = Word.hash(words[at + 3], words[at + 2], words[at + 1], words[at]) & mask;
        while (true) {
            int slot = index[probe] - 1;
            if (slot == NONE || same(keys, slot * Word.LIMBS, words, at)) {
                return slot;
            }
            probe = (probe + 1) & mask;
        }
    }

    /** Adds a slot that is not there yet. */
    int add(Word key, Word value) {
        if (count == warmIn.length) {
            grow();
        }
        int slot = count++;
        key.store(keys, slot * Word.LIMBS);
        value.store(values, slot * Word.LIMBS);
        enter(slot);
        return slot;
    }

    void read(int slot, long[] out, int at) {
        System.arraycopy(values, slot * Word.LIMBS, out, at, Word.LIMBS);
    }

    void write(int slot, long[] words, int at) {
        System.arraycopy(words, at, values, slot * Word.LIMBS, Word.LIMBS);
        isWritten[slot] = true;
    }

    boolean isWarm(int slot, int transaction) {
        return warmIn[slot] == transaction;
    }

    /** The first touch in a transaction also fixes the original value of EIP-2200. */
    void warm(int slot, int transaction) {
        warmIn[slot] = transaction;
        System.arraycopy(values, slot * Word.LIMBS, originals, slot * Word.LIMBS, Word.LIMBS);
    }

    void cool(int slot) {
        warmIn[slot] = 0;
    }

    boolean valueIs(int slot, long[] words, int at) {
        return same(values, slot * Word.LIMBS, words, at);
    }

    boolean originalIs(int slot, long[] words, int at) {
        return same(originals, slot * Word.LIMBS, words, at);
    }

    boolean valueIsOriginal(int slot) {
        return same(values, slot * Word.LIMBS, originals, slot * Word.LIMBS);
    }

    boolean valueIsZero(int slot) {
        return isZero(values, slot * Word.LIMBS);
    }

    boolean originalIsZero(int slot) {
        return isZero(originals, slot * Word.LIMBS);
    }

    boolean isWritten(int slot) {
        return isWritten[slot];
    }

    Word key(int slot) {
        return Word.load(keys, slot * Word.LIMBS);
    }

    Word value(int slot) {
        return Word.load(values, slot * Word.LIMBS);
    }

    /** After the writes have been handed on. */
    void forgetWrites() {
        Arrays.fill(isWritten, 0, count, false);
    }

    private static boolean same(long[] a, int i, long[] b, int j) {
        return ((a[i] ^ b[j]) | (a[i + 1] ^ b[j + 1]) | (a[i + 2] ^ b[j + 2]) | (a[i + 3] ^ b[j + 3])) == 0;
    }

    private static boolean isZero(long[] words, int at) {
        return (words[at] | words[at + 1] | words[at + 2] | words[at + 3]) == 0;
    }

    private void grow() {
        int capacity = 2 * count;
        keys = Arrays.copyOf(keys, capacity * Word.LIMBS);
        values = Arrays.copyOf(values, capacity * Word.LIMBS);
        originals = Arrays.copyOf(originals, capacity * Word.LIMBS);
        warmIn = Arrays.copyOf(warmIn, capacity);
        isWritten = Arrays.copyOf(isWritten, capacity);
        index = new int[2 * capacity];
        for (int slot = 0; slot < count; slot++) {
            enter(slot);
        }
    }

    private void enter(int slot) {
        int mask = index.length - 1;
        int at = slot * Word.LIMBS;
        int probe = Word.hash(keys[at + 3], keys[at + 2], keys[at + 1], keys[at]) & mask;
        while (index[probe] != 0) {
            probe = (probe + 1) & mask;
        }
        index[probe] = slot + 1;
    }
}
