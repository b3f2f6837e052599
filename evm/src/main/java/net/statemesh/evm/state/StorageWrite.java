// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.state;

/** The cases of EIP-2200 as EIP-3529 prices them: what a write costs on a warm slot, and by how much it changes the refund. */
public enum StorageWrite {
    UNCHANGED(100, 0),
    /** From zero, for the first time in the transaction. */
    SET(20_000, 0),
    CHANGED(2_900, 0),
    CLEARED(2_900, 4_800),
    /** Written before in this transaction, and nothing of it restored. */
    CHANGED_AGAIN(100, 0),
    CLEARED_AGAIN(100, 4_800),
    /** It had been cleared before. */
    UNCLEARED(100, -4_800),
    /** Back to the original zero. */
    RESTORED_ZERO(100, 19_900),
    /** Back to the original value. */
    RESTORED(100, 2_800),
    /** Back to the original value, after it had been cleared. */
    RESTORED_AND_UNCLEARED(100, -2_000);

    private final int gas;
    private final int refund;

    StorageWrite(int gas, int refund) {
        this.gas = gas;
        this.refund = refund;
    }

    public int gas() {
        return gas;
    }

    public int refund() {
        return refund;
    }

    static StorageWrite of(StorageTable table, int slot, long[] words, int at) {
        if (table.valueIs(slot, words, at)) {
            return UNCHANGED;
        }
        boolean becomesZero = (words[at] | words[at + 1] | words[at + 2] | words[at + 3]) == 0;
        if (table.valueIsOriginal(slot)) {
            return table.originalIsZero(slot) ? SET : becomesZero ? CLEARED : CHANGED;
        }
        boolean restores = table.originalIs(slot, words, at);
        if (table.originalIsZero(slot)) {
            return restores ? RESTORED_ZERO : CHANGED_AGAIN;
        }
        if (table.valueIsZero(slot)) {
            return restores ? RESTORED_AND_UNCLEARED : UNCLEARED;
        }
        return becomesZero ? CLEARED_AGAIN : restores ? RESTORED : CHANGED_AGAIN;
    }
}
