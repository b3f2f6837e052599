// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.transaction;

import net.statemesh.evm.interpreter.GasSchedule;

/** What a transaction costs before any code runs. */
public final class IntrinsicGas {
    private IntrinsicGas() {}

    /** In gas. */
    public static long of(Transaction transaction) {
        long gas = GasSchedule.TRANSACTION;
        byte[] data = transaction.data().shared();
        for (byte each : data) {
            gas += each == 0 ? GasSchedule.DATA_ZERO_BYTE : GasSchedule.DATA_BYTE;
        }
        if (transaction.to().isEmpty()) {
            gas += GasSchedule.CREATE + GasSchedule.INIT_CODE_WORD * GasSchedule.words(data.length);
        }
        for (AccessListEntry entry : transaction.accessList()) {
            gas += GasSchedule.ACCESS_LIST_ADDRESS
                    + GasSchedule.ACCESS_LIST_SLOT * entry.slots().size();
        }
        return gas;
    }
}
