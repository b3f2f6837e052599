// SPDX-License-Identifier: Apache-2.0
package net.statemesh.anvil;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.statemesh.evm.transaction.SenderChecks;
import net.statemesh.evm.transaction.Transaction;
import net.statemesh.evm.transaction.TransactionType;
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
        Word price = Word.of(gasPrice);
        return new Transaction(
                TransactionType.LEGACY,
                OptionalLong.of(Anvil.CHAIN_ID),
                nonce,
                price,
                price,
                gas,
                Optional.of(to),
                value,
                data,
                List.of(),
                Word.ZERO,
                List.of(),
                0,
                Word.ONE,
                Word.ONE,
                Word.ZERO,
                Word.ZERO);
    }
}
