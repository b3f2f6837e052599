// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.state;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.rlp.RlpWriter;
import net.statemesh.evm.trie.MerkleTrie;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** A world state in memory with its tries; the tries follow when a root or a proof is asked for. One thread at a time. */
public final class InMemoryWorldState implements WorldState {
    private static final class Entry {
        Account account = Account.EMPTY;
        final Map<Word, Word> storage = new HashMap<>();
        final Set<Word> changedSlots = new HashSet<>();
        final MerkleTrie storageTrie = new MerkleTrie();
    }

    private final Map<Address, Entry> entries = new HashMap<>();
    private final Map<Word, Bytes> codes = new HashMap<>();
    private final MerkleTrie accountTrie = new MerkleTrie();
    private final Set<Address> changedAccounts = new HashSet<>();

    /**
     * An account and slots of it with the nodes that lead to them, as of eth_getProof.
     *
     * @param storageProofs one for each slot asked for, in that order
     */
    public record Proof(Account account, Word storageRoot, List<Bytes> accountProof, List<List<Bytes>> storageProofs) {}

    @Override
    public @Nullable Account account(Address address) {
        Entry entry = entries.get(address);
        return entry == null ? null : entry.account;
    }

    @Override
    public boolean hasStorage(Address address) {
        Entry entry = entries.get(address);
        return entry != null && !entry.storage.isEmpty();
    }

    @Override
    public Word storage(Address address, Word slot) {
        Entry entry = entries.get(address);
        return entry == null ? Word.ZERO : entry.storage.getOrDefault(slot, Word.ZERO);
    }

    @Override
    public Bytes code(Word codeHash) {
        return codes.getOrDefault(codeHash, Bytes.EMPTY);
    }

    @Override
    public void putAccount(Address address, Account account) {
        entry(address).account = account;
    }

    @Override
    public void removeAccount(Address address) {
        entries.remove(address);
        changedAccounts.add(address);
    }

    @Override
    public void putStorage(Address address, Word slot, Word value) {
        Entry entry = entry(address);
        if (value.isZero()) {
            entry.storage.remove(slot);
        } else {
            entry.storage.put(slot, value);
        }
        entry.changedSlots.add(slot);
    }

    @Override
    public void putCode(Word codeHash, Bytes code) {
        codes.put(codeHash, code);
    }

    /** All slots of an account that are not zero. */
    public Map<Word, Word> slots(Address address) {
        Entry entry = entries.get(address);
        return entry == null ? Map.of() : Map.copyOf(entry.storage);
    }

    /** Root of the account trie: the state root of a block's header. */
    public Word root() {
        for (Address address : changedAccounts) {
            byte[] key = Keccak256.hash(address.toBytes()).toBytes();
            Entry entry = entries.get(address);
            if (entry == null) {
                accountTrie.remove(key);
            } else {
                updateStorageTrie(entry);
                accountTrie.put(key, encode(entry));
            }
        }
        changedAccounts.clear();
        return accountTrie.rootHash();
    }

    public Proof prove(Address address, List<Word> slots) {
        root();
        Entry entry = entries.get(address);
        Entry shown = entry == null ? new Entry() : entry;
        return new Proof(
                shown.account,
                shown.storageTrie.rootHash(),
                accountTrie.prove(Keccak256.hash(address.toBytes()).toBytes()),
                slots.stream()
                        .map(slot -> shown.storageTrie.prove(
                                Keccak256.hash(slot.toBytes()).toBytes()))
                        .toList());
    }

    private Entry entry(Address address) {
        changedAccounts.add(address);
        return entries.computeIfAbsent(address, absent -> new Entry());
    }

    private static void updateStorageTrie(Entry entry) {
        for (Word slot : entry.changedSlots) {
            byte[] key = Keccak256.hash(slot.toBytes()).toBytes();
            Word value = entry.storage.get(slot);
            if (value == null) {
                entry.storageTrie.remove(key);
            } else {
                entry.storageTrie.put(key, new RlpWriter().number(value).toBytes());
            }
        }
        entry.changedSlots.clear();
    }

    private static byte[] encode(Entry entry) {
        return new RlpWriter()
                .number(entry.account.nonce())
                .number(entry.account.balance())
                .text(entry.storageTrie.rootHash().toBytes())
                .text(entry.account.codeHash().toBytes())
                .toList();
    }
}
