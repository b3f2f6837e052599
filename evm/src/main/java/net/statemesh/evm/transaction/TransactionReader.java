// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.transaction;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.rlp.RlpException;
import net.statemesh.evm.rlp.RlpItem;
import net.statemesh.evm.rlp.RlpReader;
import net.statemesh.evm.rlp.RlpWriter;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** Reads transactions from their bytes: a legacy list, or a type and a list (EIP-2718). */
public final class TransactionReader {
    private static final int LIST_BASE = 0xc0;
    private static final int LEGACY_FIELDS = 9;
    private static final int ACCESS_LIST_FIELDS = 11;
    private static final int DYNAMIC_FEE_FIELDS = 12;
    private static final int BLOB_FIELDS = 14;
    private static final int SIGNATURE_FIELDS = 3;
    private static final long LEGACY_V = 27;
    /** EIP-155: v = 35 + 2 * chain id + parity. */
    private static final long CHAIN_V = 35;

    private TransactionReader() {}

    /** The transaction that these bytes are, whole. */
    public static Transaction read(Bytes encoded) throws InvalidTransactionException {
        byte[] bytes = encoded.shared();
        if (bytes.length == 0) {
            throw malformed("there are no bytes");
        }
        int first = bytes[0] & 0xff;
        if (first >= LIST_BASE) {
            return legacy(fields(bytes, 0, LEGACY_FIELDS), Keccak256.hash(bytes));
        }
        Word hash = Keccak256.hash(bytes);
        return switch (first) {
            case 1 -> accessList(fields(bytes, 1, ACCESS_LIST_FIELDS), hash);
            case 2 -> dynamicFee(TransactionType.DYNAMIC_FEE, bytes, DYNAMIC_FEE_FIELDS, hash);
            case 3 -> dynamicFee(TransactionType.BLOB, bytes, BLOB_FIELDS, hash);
            default ->
                throw new InvalidTransactionException(
                        Rejection.UNSUPPORTED_TYPE,
                        "the transaction has type " + first
                                + "; legacy ones, 1 (access list) and 2 (dynamic fee) are known");
        };
    }

    private static Transaction legacy(TransactionFields f, Word hash) throws InvalidTransactionException {
        Word v = f.number(6, "v");
        OptionalLong chainId = OptionalLong.empty();
        long parity;
        if (v.fitsLong() && (v.w0() == LEGACY_V || v.w0() == LEGACY_V + 1)) {
            parity = v.w0() - LEGACY_V;
        } else if (v.fitsLong() && v.w0() >= CHAIN_V) {
            chainId = OptionalLong.of((v.w0() - CHAIN_V) / 2);
            parity = (v.w0() - CHAIN_V) & 1;
        } else {
            throw new InvalidTransactionException(
                    Rejection.INVALID_SIGNATURE, "v is " + v.toBigInteger() + "; 27, 28 or 35 and above are accepted");
        }
        RlpWriter signed = f.write(LEGACY_FIELDS - SIGNATURE_FIELDS);
        if (chainId.isPresent()) {
            signed.number(chainId.getAsLong()).number(0).number(0);
        }
        Word price = f.number(1, "gas price");
        return new Transaction(
                TransactionType.LEGACY,
                chainId,
                f.nonce(0),
                price,
                price,
                f.gasLimit(2),
                f.recipient(3),
                f.number(4, "value"),
                f.text(5, "data"),
                List.of(),
                Word.ZERO,
                List.of(),
                (int) parity,
                f.number(7, "r"),
                f.number(8, "s"),
                Keccak256.hash(signed.toList()),
                hash);
    }

    private static Transaction accessList(TransactionFields f, Word hash) throws InvalidTransactionException {
        Word price = f.number(2, "gas price");
        return new Transaction(
                TransactionType.ACCESS_LIST,
                f.chainId(0),
                f.nonce(1),
                price,
                price,
                f.gasLimit(3),
                f.recipient(4),
                f.number(5, "value"),
                f.text(6, "data"),
                f.accessList(7),
                Word.ZERO,
                List.of(),
                f.parity(8),
                f.number(9, "r"),
                f.number(10, "s"),
                f.signingHash(TransactionType.ACCESS_LIST, ACCESS_LIST_FIELDS - SIGNATURE_FIELDS),
                hash);
    }

    /** EIP-1559; a blob transaction (EIP-4844) has two fields more before its signature. */
    private static Transaction dynamicFee(TransactionType type, byte[] bytes, int count, Word hash)
            throws InvalidTransactionException {
        TransactionFields f = fields(bytes, 1, count);
        boolean blob = type == TransactionType.BLOB;
        int signature = count - SIGNATURE_FIELDS;
        return new Transaction(
                type,
                f.chainId(0),
                f.nonce(1),
                f.number(2, "priority fee"),
                f.number(3, "max fee"),
                f.gasLimit(4),
                f.recipient(5),
                f.number(6, "value"),
                f.text(7, "data"),
                f.accessList(8),
                blob ? f.number(9, "max blob fee") : Word.ZERO,
                blob ? f.blobHashes(10) : List.of(),
                f.parity(signature),
                f.number(signature + 1, "r"),
                f.number(signature + 2, "s"),
                f.signingHash(type, signature),
                hash);
    }

    private static TransactionFields fields(byte[] bytes, int offset, int count) throws InvalidTransactionException {
        try {
            byte[] list = offset == 0 ? bytes : Arrays.copyOfRange(bytes, offset, bytes.length);
            if (RlpReader.decode(list) instanceof RlpItem.Sequence(List<RlpItem> items)) {
                if (items.size() == count) {
                    return new TransactionFields(items);
                }
                throw malformed("it has " + items.size() + " fields; its type has " + count);
            }
            throw malformed("it is not a list of fields");
        } catch (RlpException e) {
            throw malformed("" + e.getMessage());
        }
    }

    static InvalidTransactionException malformed(String why) {
        return new InvalidTransactionException(Rejection.MALFORMED, "the bytes are not a transaction: " + why);
    }
}
