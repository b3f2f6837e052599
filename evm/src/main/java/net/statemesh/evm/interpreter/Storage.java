// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import net.statemesh.evm.state.Journal;
import net.statemesh.evm.state.StorageWrite;

/** SLOAD, SSTORE and their transient kin (EIP-1153); {@code t} is the place of the top item. */
final class Storage {
    private Storage() {}

    static long load(Frame f, long[] s, int t, long gas) {
        Journal journal = f.machine.journal();
        int slot = journal.slot(f.self, s, t);
        long left = gas;
        if (journal.warmSlot(f.self, slot)) {
            left -= GasSchedule.COLD_SLOT - GasSchedule.WARM_ACCESS;
            if (left < 0) {
                return left;
            }
        }
        journal.readSlot(f.self, slot, s, t);
        return left;
    }

    /** Stack: key, value. */
    static long store(Frame f, long[] s, int t, long gas) {
        if (f.isStatic) {
            return f.refuse(HaltReason.STATIC_VIOLATION);
        }
        if (gas <= GasSchedule.STORAGE_WRITE_SENTRY) {
            return -1;
        }
        Journal journal = f.machine.journal();
        int slot = journal.slot(f.self, s, t);
        long left = gas - (journal.warmSlot(f.self, slot) ? GasSchedule.COLD_SLOT : 0);
        if (left < 0) {
            return left;
        }
        StorageWrite write = journal.writeSlot(f.self, slot, s, t - 4);
        f.refund += write.refund();
        return left - write.gas();
    }

    static void loadTransient(Frame f, long[] s, int t) {
        f.machine.journal().readTransient(f.self, s, t, t);
    }

    /** Whether the frame may write. */
    static boolean storeTransient(Frame f, long[] s, int t) {
        if (f.isStatic) {
            f.refuse(HaltReason.STATIC_VIOLATION);
            return false;
        }
        f.machine.journal().writeTransient(f.self, s, t, t - 4);
        return true;
    }
}
