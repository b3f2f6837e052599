// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.transaction;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/**
 * A signed transaction.
 *
 * @param chainId empty for legacy transactions from before EIP-155
 * @param nonce unsigned
 * @param maxPriorityFeePerGas in wei; the gas price for types that have only that
 * @param maxFeePerGas in wei; the gas price for types that have only that
 * @param gasLimit unsigned; no block has room for more than 2^63 - 1
 * @param to empty to create a contract
 * @param maxFeePerBlobGas in wei; zero but for {@link TransactionType#BLOB}
 * @param yParity 0 or 1
 * @param signingHash what was signed
 * @param hash names the transaction
 */
public record Transaction(
        TransactionType type,
        OptionalLong chainId,
        long nonce,
        Word maxPriorityFeePerGas,
        Word maxFeePerGas,
        long gasLimit,
        Optional<Address> to,
        Word value,
        Bytes data,
        List<AccessListEntry> accessList,
        Word maxFeePerBlobGas,
        List<Word> blobHashes,
        int yParity,
        Word r,
        Word s,
        Word signingHash,
        Word hash) {
    /** EIP-4844. */
    public static final long GAS_PER_BLOB = 1 << 17;

    public Transaction {
        accessList = List.copyOf(accessList);
        blobHashes = List.copyOf(blobHashes);
    }

    /** A legacy transaction that nobody has signed, for executions that are told the sender: calls, estimates, replays. */
    public static Transaction unsigned(
            long chainId, long nonce, Word gasPrice, long gasLimit, Optional<Address> to, Word value, Bytes data) {
        return new Transaction(
                TransactionType.LEGACY,
                OptionalLong.of(chainId),
                nonce,
                gasPrice,
                gasPrice,
                gasLimit,
                to,
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

    /** The gas limit as a number without a sign. */
    public BigInteger gasLimitNumber() {
        return Word.of(gasLimit).toBigInteger();
    }

    public long blobGas() {
        return GAS_PER_BLOB * blobHashes.size();
    }
}
