// SPDX-License-Identifier: Apache-2.0
package net.statemesh.anvil;

import java.util.Optional;
import net.statemesh.evm.transaction.SenderChecks;
import net.statemesh.evm.transaction.Transaction;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** Transactions as anvil signs them for its account, without the signature: evm is told who the sender is. */
public final class UnsignedTransactions {
    private UnsignedTransactions() {}

    /** Checks that take every signature for that of {@link Anvil#SENDER}. */
    public static SenderChecks checks() {
        return new SenderChecks(Anvil.CHAIN_ID, false, (hash, yParity, r, s) -> Optional.of(Anvil.SENDER));
    }

    /** What {@link Anvil#send} queues. */
    public static Transaction of(long nonce, Address to, Word value, Bytes data, long gas, long gasPrice) {
        return Transaction.unsigned(Anvil.CHAIN_ID, nonce, Word.of(gasPrice), gas, Optional.of(to), value, data);
    }
}
