// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.rlp.RlpItem;
import net.statemesh.evm.rlp.RlpWriter;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** The fields of an encoded transaction, by position, each checked as it is read. */
final class TransactionFields {
    private static final int ENTRY_FIELDS = 2;

    private final List<RlpItem> items;

    TransactionFields(List<RlpItem> items) {
        this.items = items;
    }

    Bytes text(int index, String name) throws InvalidTransactionException {
        return text(items.get(index), name);
    }

    Word number(int index, String name) throws InvalidTransactionException {
        byte[] bytes = text(index, name).shared();
        if (bytes.length > Word.BYTES) {
            throw TransactionReader.malformed(name + " has " + bytes.length + " bytes; at most 32 are accepted");
        }
        if (bytes.length > 0 && bytes[0] == 0) {
            throw TransactionReader.malformed(name + " begins with a zero byte");
        }
        return Word.ofBytes(bytes);
    }

    /** Unsigned. */
    long nonce(int index) throws InvalidTransactionException {
        Word nonce = number(index, "nonce");
        if ((nonce.w1() | nonce.w2() | nonce.w3()) != 0) {
            throw new InvalidTransactionException(
                    Rejection.NONCE_OVERFLOW,
                    "the nonce is " + nonce.toBigInteger() + "; at most 2^64 - 1 is accepted");
        }
        return nonce.w0();
    }

    /** Unsigned. */
    long gasLimit(int index) throws InvalidTransactionException {
        Word limit = number(index, "gas limit");
        if ((limit.w1() | limit.w2() | limit.w3()) != 0) {
            throw new InvalidTransactionException(
                    Rejection.GAS_LIMIT_OVERFLOW,
                    "the gas limit is " + limit.toBigInteger() + "; at most 2^64 - 1 is accepted");
        }
        return limit.w0();
    }

    OptionalLong chainId(int index) throws InvalidTransactionException {
        Word id = number(index, "chain id");
        if (!id.fitsLong()) {
            throw new InvalidTransactionException(
                    Rejection.WRONG_CHAIN, "the chain id is " + id.toBigInteger() + "; no chain has that");
        }
        return OptionalLong.of(id.w0());
    }

    int parity(int index) throws InvalidTransactionException {
        Word parity = number(index, "y parity");
        if (!parity.fitsLong() || parity.w0() > 1) {
            throw new InvalidTransactionException(
                    Rejection.INVALID_SIGNATURE, "y parity is " + parity.toBigInteger() + "; 0 and 1 are accepted");
        }
        return (int) parity.w0();
    }

    Optional<Address> recipient(int index) throws InvalidTransactionException {
        Bytes bytes = text(index, "recipient");
        return bytes.isEmpty() ? Optional.empty() : Optional.of(address(bytes, "recipient"));
    }

    List<AccessListEntry> accessList(int index) throws InvalidTransactionException {
        List<AccessListEntry> entries = new ArrayList<>();
        for (RlpItem entry : sequence(items.get(index), "access list")) {
            List<RlpItem> fields = sequence(entry, "access list entry");
            if (fields.size() != ENTRY_FIELDS) {
                throw TransactionReader.malformed("an access list entry has " + fields.size() + " fields; it has 2");
            }
            Address address = address(text(fields.get(0), "access list address"), "access list address");
            entries.add(new AccessListEntry(address, words(fields.get(1), "access list slot")));
        }
        return entries;
    }

    List<Word> blobHashes(int index) throws InvalidTransactionException {
        return words(items.get(index), "blob hash");
    }

    /** The first fields as they were, for signing. */
    RlpWriter write(int count) {
        RlpWriter out = new RlpWriter();
        items.subList(0, count).forEach(out::item);
        return out;
    }

    Word signingHash(TransactionType type, int count) {
        byte[] list = write(count).toList();
        byte[] signed = new byte[1 + list.length];
        signed[0] = (byte) type.firstByte();
        System.arraycopy(list, 0, signed, 1, list.length);
        return Keccak256.hash(signed);
    }

    private static Address address(Bytes bytes, String name) throws InvalidTransactionException {
        if (bytes.size() != Address.BYTES) {
            throw TransactionReader.malformed(name + " has " + bytes.size() + " bytes; it has 20");
        }
        return Address.read(bytes.shared(), 0);
    }

    private static List<Word> words(RlpItem item, String name) throws InvalidTransactionException {
        List<Word> words = new ArrayList<>();
        for (RlpItem each : sequence(item, name)) {
            Bytes bytes = text(each, name);
            if (bytes.size() != Word.BYTES) {
                throw TransactionReader.malformed(name + " has " + bytes.size() + " bytes; it has 32");
            }
            words.add(Word.read(bytes.shared(), 0));
        }
        return words;
    }

    private static List<RlpItem> sequence(RlpItem item, String name) throws InvalidTransactionException {
        if (item instanceof RlpItem.Sequence(List<RlpItem> content)) {
            return content;
        }
        throw TransactionReader.malformed(name + " is not a list");
    }

    private static Bytes text(RlpItem item, String name) throws InvalidTransactionException {
        if (item instanceof RlpItem.Text(Bytes value)) {
            return value;
        }
        throw TransactionReader.malformed(name + " is a list");
    }
}
