// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm;

import java.math.BigInteger;
import java.util.Optional;
import net.statemesh.evm.interpreter.BlockContext;
import net.statemesh.evm.interpreter.CallResult;
import net.statemesh.evm.interpreter.CodeCache;
import net.statemesh.evm.interpreter.GasSchedule;
import net.statemesh.evm.interpreter.Machine;
import net.statemesh.evm.interpreter.Message;
import net.statemesh.evm.interpreter.Tracer;
import net.statemesh.evm.interpreter.TransactionContext;
import net.statemesh.evm.precompile.Precompiles;
import net.statemesh.evm.state.AccountState;
import net.statemesh.evm.state.Journal;
import net.statemesh.evm.transaction.AccessListEntry;
import net.statemesh.evm.transaction.IntrinsicGas;
import net.statemesh.evm.transaction.InvalidTransactionException;
import net.statemesh.evm.transaction.Rejection;
import net.statemesh.evm.transaction.SenderChecks;
import net.statemesh.evm.transaction.Transaction;
import net.statemesh.evm.transaction.TransactionType;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** Executes the transactions of one block, one after the other, on one journal. One thread at a time. */
public final class TransactionExecutor {
    private final Journal journal;
    private final BlockContext block;
    private final SenderChecks checks;
    private final Precompiles precompiles;
    private final Machine machine;
    private long blockGasLeft;

    /** @param tracer hears of everything; null for speed */
    public TransactionExecutor(
            Journal journal,
            BlockContext block,
            SenderChecks checks,
            Precompiles precompiles,
            CodeCache codes,
            @Nullable Tracer tracer) {
        this.journal = journal;
        this.block = block;
        this.checks = checks;
        this.precompiles = precompiles;
        machine = new Machine(journal, block, precompiles, codes, tracer);
        blockGasLeft = block.gasLimit();
    }

    /**
     * Executes a transaction and ends it in the journal.
     *
     * @throws InvalidTransactionException when the block must not contain it; nothing has changed then
     */
    public TransactionResult execute(Transaction transaction) throws InvalidTransactionException {
        Address senderAddress = checks.sender(transaction);
        AccountState sender = journal.account(senderAddress);
        Word gasPrice = gasPrice(transaction);
        checkBlock(transaction);
        checkSender(transaction, sender);
        payUpFront(transaction, sender, gasPrice);
        warmUp(transaction, sender);
        long gas = transaction.gasLimit() - IntrinsicGas.of(transaction);
        CallResult call = machine.run(
                new Message(
                        senderAddress,
                        transaction.to(),
                        transaction.value(),
                        transaction.data(),
                        gas,
                        transaction.nonce()),
                new TransactionContext(senderAddress, gasPrice, transaction.blobHashes()));
        long used = transaction.gasLimit() - call.gasLeft();
        if (call.isSuccess()) {
            used -= Math.min(call.refund(), used / GasSchedule.REFUND_QUOTIENT);
        }
        settle(transaction, sender, gasPrice, used);
        journal.endTransaction();
        blockGasLeft -= used;
        return new TransactionResult(
                senderAddress, call.halt(), used, call.output(), call.logs(), call.created(), gasPrice);
    }

    private Word gasPrice(Transaction transaction) throws InvalidTransactionException {
        Word base = block.baseFee();
        if (transaction.maxFeePerGas().compareTo(base) < 0) {
            throw rejected(
                    Rejection.MAX_FEE_BELOW_BASE_FEE,
                    "the max fee is " + transaction.maxFeePerGas().toBigInteger() + " wei a gas; this block takes "
                            + base.toBigInteger());
        }
        Word room = transaction.maxFeePerGas().minus(base);
        Word tip = transaction.maxPriorityFeePerGas();
        return base.plus(tip.compareTo(room) < 0 ? tip : room);
    }

    private void checkBlock(Transaction transaction) throws InvalidTransactionException {
        if (Long.compareUnsigned(transaction.gasLimit(), blockGasLeft) > 0) {
            throw rejected(
                    Rejection.GAS_LIMIT_ABOVE_BLOCK,
                    "the gas limit is " + transaction.gasLimitNumber() + "; the block has " + blockGasLeft + " left");
        }
        if (transaction.type() == TransactionType.BLOB
                && transaction.maxFeePerBlobGas().compareTo(block.blobBaseFee()) < 0) {
            throw rejected(
                    Rejection.MAX_BLOB_FEE_TOO_LOW,
                    "the max blob fee is below the block's "
                            + block.blobBaseFee().toBigInteger());
        }
    }

    private static void checkSender(Transaction transaction, AccountState sender) throws InvalidTransactionException {
        int order = Long.compareUnsigned(transaction.nonce(), sender.nonce());
        if (order != 0) {
            throw rejected(
                    order < 0 ? Rejection.NONCE_TOO_LOW : Rejection.NONCE_TOO_HIGH,
                    "the nonce is " + Long.toUnsignedString(transaction.nonce()) + "; the next of " + sender.address()
                            + " is " + Long.toUnsignedString(sender.nonce()));
        }
        if (sender.hasCode()) {
            throw rejected(
                    Rejection.SENDER_HAS_CODE, sender.address() + " is a contract, which sends nothing (EIP-3607)");
        }
        BigInteger most = SenderChecks.mostWei(transaction);
        if (most.compareTo(sender.balance().toBigInteger()) > 0) {
            throw rejected(
                    Rejection.INSUFFICIENT_FUNDS,
                    "the transaction may cost " + most + " wei; " + sender.address() + " has "
                            + sender.balance().toBigInteger());
        }
    }

    private void payUpFront(Transaction transaction, AccountState sender, Word gasPrice) {
        BigInteger cost = wei(gasPrice, transaction.gasLimit()).add(wei(block.blobBaseFee(), transaction.blobGas()));
        journal.setBalance(sender, sender.balance().minus(Word.of(cost)));
        journal.setNonce(sender, sender.nonce() + 1);
    }

    /** What EIP-2929, EIP-2930 and EIP-3651 make warm from the start. */
    private void warmUp(Transaction transaction, AccountState sender) {
        journal.warm(sender);
        journal.warm(journal.account(block.coinbase()));
        Optional<Address> to = transaction.to();
        if (to.isPresent()) {
            journal.warm(journal.account(to.get()));
        }
        precompiles.addresses().forEach(address -> journal.warm(journal.account(address)));
        long[] key = new long[Word.LIMBS];
        for (AccessListEntry entry : transaction.accessList()) {
            AccountState account = journal.account(entry.address());
            journal.warm(account);
            for (Word slot : entry.slots()) {
                slot.store(key, 0);
                journal.warmSlot(account, journal.slot(account, key, 0));
            }
        }
    }

    /** Gives back what was not used and pays the block's maker; the base fee goes nowhere (EIP-1559). */
    private void settle(Transaction transaction, AccountState sender, Word gasPrice, long used) {
        Word unused = Word.of(wei(gasPrice, transaction.gasLimit() - used));
        journal.setBalance(sender, sender.balance().plus(unused));
        AccountState maker = journal.account(block.coinbase());
        Word fee = Word.of(wei(gasPrice.minus(block.baseFee()), used));
        journal.touch(maker);
        if (!fee.isZero()) {
            journal.setBalance(maker, maker.balance().plus(fee));
        }
    }

    private static BigInteger wei(Word price, long gas) {
        return price.toBigInteger().multiply(BigInteger.valueOf(gas));
    }

    private static InvalidTransactionException rejected(Rejection rejection, String message) {
        return new InvalidTransactionException(rejection, message);
    }
}
