// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.transaction;

import java.math.BigInteger;
import java.util.OptionalLong;
import net.statemesh.evm.crypto.SignatureRecovery;
import net.statemesh.evm.interpreter.GasSchedule;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Word;

/** What can be said of a transaction without any state: who sent it, and whether it can be valid at all. */
public final class SenderChecks {
    /** Half the order of secp256k1; larger s are refused, so that nobody can make a second signature of one (EIP-2). */
    private static final Word MAX_S = Word.ofHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

    private static final int MAX_BLOBS = 6;
    private static final int BLOB_HASH_VERSION = 1;

    private final long chainId;
    private final boolean takesBlobs;
    private final SignatureRecovery recovery;

    public SenderChecks(long chainId, boolean takesBlobs, SignatureRecovery recovery) {
        this.chainId = chainId;
        this.takesBlobs = takesBlobs;
        this.recovery = recovery;
    }

    /** The sender of a transaction that can be valid. */
    public Address sender(Transaction transaction) throws InvalidTransactionException {
        checkChain(transaction);
        checkFees(transaction);
        checkGas(transaction);
        checkBlobs(transaction);
        if (transaction.s().compareTo(MAX_S) > 0) {
            throw rejected(Rejection.INVALID_SIGNATURE, "s is in the upper half of the curve's order");
        }
        return recovery.recover(transaction.signingHash(), transaction.yParity(), transaction.r(), transaction.s())
                .orElseThrow(() -> rejected(Rejection.INVALID_SIGNATURE, "no key made this signature"));
    }

    /** Gas limit times the highest price, plus value, plus the highest blob fee. */
    public static BigInteger mostWei(Transaction transaction) {
        return transaction
                .maxFeePerGas()
                .toBigInteger()
                .multiply(transaction.gasLimitNumber())
                .add(transaction.value().toBigInteger())
                .add(transaction.maxFeePerBlobGas().toBigInteger().multiply(BigInteger.valueOf(transaction.blobGas())));
    }

    private void checkChain(Transaction transaction) throws InvalidTransactionException {
        OptionalLong named = transaction.chainId();
        if (named.isPresent() && named.getAsLong() != chainId) {
            throw rejected(
                    Rejection.WRONG_CHAIN, "the chain id is " + named.getAsLong() + "; this chain is " + chainId);
        }
    }

    private static void checkFees(Transaction transaction) throws InvalidTransactionException {
        if (transaction.nonce() == -1) {
            throw rejected(Rejection.NONCE_IS_MAX, "the nonce is 2^64 - 1, after which there is none (EIP-2681)");
        }
        if (transaction.maxPriorityFeePerGas().compareTo(transaction.maxFeePerGas()) > 0) {
            throw rejected(
                    Rejection.PRIORITY_FEE_ABOVE_MAX_FEE,
                    "the priority fee " + transaction.maxPriorityFeePerGas().toBigInteger() + " is above the max fee "
                            + transaction.maxFeePerGas().toBigInteger());
        }
        BigInteger gasCost = transaction.maxFeePerGas().toBigInteger().multiply(transaction.gasLimitNumber());
        if (gasCost.bitLength() > Long.SIZE * Word.LIMBS) {
            throw rejected(Rejection.COST_OVERFLOW, "gas limit times max fee is more than 2^256 - 1");
        }
    }

    private static void checkGas(Transaction transaction) throws InvalidTransactionException {
        if (transaction.to().isEmpty() && transaction.data().size() > GasSchedule.MAX_INIT_CODE_BYTES) {
            throw rejected(
                    Rejection.INIT_CODE_TOO_LARGE,
                    "the init code has " + transaction.data().size() + " bytes; at most "
                            + GasSchedule.MAX_INIT_CODE_BYTES + " are accepted");
        }
        long intrinsic = IntrinsicGas.of(transaction);
        if (Long.compareUnsigned(transaction.gasLimit(), intrinsic) < 0) {
            throw rejected(
                    Rejection.INTRINSIC_GAS_TOO_LOW,
                    "the gas limit is " + transaction.gasLimitNumber() + "; the transaction itself costs " + intrinsic);
        }
    }

    private void checkBlobs(Transaction transaction) throws InvalidTransactionException {
        if (transaction.type() != TransactionType.BLOB) {
            return;
        }
        if (!takesBlobs) {
            throw rejected(Rejection.BLOBS_NOT_SUPPORTED, "this chain takes no blob transactions");
        }
        if (transaction.to().isEmpty()) {
            throw rejected(Rejection.BLOB_CREATES_CONTRACT, "a blob transaction has a recipient");
        }
        int blobs = transaction.blobHashes().size();
        if (blobs == 0) {
            throw rejected(Rejection.NO_BLOBS, "a blob transaction has a blob");
        }
        if (blobs > MAX_BLOBS) {
            throw rejected(
                    Rejection.TOO_MANY_BLOBS, "there are " + blobs + " blobs; at most " + MAX_BLOBS + " are accepted");
        }
        for (Word hash : transaction.blobHashes()) {
            if (hash.w3() >>> 56 != BLOB_HASH_VERSION) {
                throw rejected(Rejection.BLOB_HASH_VERSION, "the blob hash " + hash + " does not begin with 01");
            }
        }
    }

    private static InvalidTransactionException rejected(Rejection rejection, String message) {
        return new InvalidTransactionException(rejection, message);
    }
}
