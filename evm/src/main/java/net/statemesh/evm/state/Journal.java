// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.state.ChangeList.Kind;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/**
 * The world state with the changes of a block so far on top: {@link #snapshot} and {@link #revertTo} inside a transaction,
 * {@link #endTransaction} between two, {@link #commit} at the end. One thread at a time.
 */
public final class Journal {
    private final WorldState world;
    private final Map<Address, AccountState> accounts = new HashMap<>();
    private final ChangeList changes = new ChangeList();
    /** Accounts changed since the last commit. */
    private final List<AccountState> changed = new ArrayList<>();
    /** Accounts of this transaction which its end may remove. */
    private final List<AccountState> endangered = new ArrayList<>();

    private final List<AccountState> withTransientStorage = new ArrayList<>();
    private final Map<Word, Bytes> newCode = new HashMap<>();
    private int transaction = 1;

    public Journal(WorldState world) {
        this.world = world;
    }

    public AccountState account(Address address) {
        AccountState known = accounts.get(address);
        if (known == null) {
            known = new AccountState(address, world.account(address));
            accounts.put(address, known);
        }
        return known;
    }

    public Bytes code(AccountState account) {
        Bytes code = account.code;
        if (code == null) {
            Word hash = account.codeHash;
            Bytes fresh = newCode.get(hash);
            code = !account.hasCode() ? Bytes.EMPTY : fresh != null ? fresh : world.code(hash);
            account.code = code;
        }
        return code;
    }

    /** Whether EIP-7610 forbids a new contract there for its storage. */
    public boolean hasStorage(AccountState account) {
        for (int slot = 0; slot < account.storage.count(); slot++) {
            if (!account.storage.valueIsZero(slot)) {
                return true;
            }
        }
        return !account.isStorageWiped && world.hasStorage(account.address());
    }

    /** What {@link #revertTo} takes back to this moment. */
    public int snapshot() {
        return changes.size();
    }

    public void revertTo(int snapshot) {
        changes.revertTo(snapshot);
    }

    /** Whether the account was cold in this transaction; it is warm from now on (EIP-2929). */
    public boolean warm(AccountState account) {
        if (account.warmIn == transaction) {
            return false;
        }
        account.warmIn = transaction;
        changes.add(Kind.WARM_ACCOUNT, account);
        return true;
    }

    public void setBalance(AccountState account, Word balance) {
        changes.addBalance(account);
        account.balance = balance;
        markExisting(account);
        list(account);
    }

    /** Moves wei; the caller has seen that they are there. */
    public void transfer(AccountState from, AccountState to, Word amount) {
        touch(to);
        if (!amount.isZero()) {
            setBalance(from, from.balance.minus(amount));
            setBalance(to, to.balance.plus(amount));
        }
    }

    public void setNonce(AccountState account, long nonce) {
        changes.addNumber(Kind.NONCE, account, account.nonce);
        account.nonce = nonce;
        markExisting(account);
        list(account);
    }

    /** Begins a contract; its nonce is 1 from the start (EIP-161). */
    public void create(AccountState account) {
        changes.add(Kind.CREATION, account);
        account.createdIn = transaction;
        setNonce(account, 1);
    }

    /** Gives a contract under creation its code. */
    public void setCode(AccountState account, Bytes code) {
        if (code.isEmpty()) {
            return;
        }
        changes.add(Kind.CODE, account);
        account.code = code;
        account.codeHash = Keccak256.hash(code.shared());
        newCode.put(account.codeHash, code);
    }

    /** An empty account that was touched is removed at the end of the transaction (EIP-161). */
    public void touch(AccountState account) {
        if (account.touchedIn != transaction && account.isEmpty()) {
            account.touchedIn = transaction;
            changes.add(Kind.TOUCH, account);
            endangered.add(account);
        }
    }

    /** Whether the account was created in this transaction (EIP-6780). */
    public boolean isNew(AccountState account) {
        return account.createdIn == transaction;
    }

    /** Removes the account at the end of the transaction. */
    public void destroy(AccountState account) {
        if (account.destroyedIn != transaction) {
            account.destroyedIn = transaction;
            changes.add(Kind.DESTRUCTION, account);
            endangered.add(account);
        }
    }

    private void markExisting(AccountState account) {
        if (!account.exists) {
            account.exists = true;
            changes.add(Kind.EXISTENCE, account);
        }
    }

    private void list(AccountState account) {
        if (!account.isListed) {
            account.isListed = true;
            changed.add(account);
        }
    }

    /** The number of the slot whose key stands at {@code at}: valid for this account until the block ends. */
    public int slot(AccountState account, long[] words, int at) {
        int slot = account.storage.find(words, at);
        return slot >= 0 ? slot : load(account, Word.load(words, at));
    }

    private int load(AccountState account, Word key) {
        Word value = account.isStorageWiped || !account.exists ? Word.ZERO : world.storage(account.address(), key);
        return account.storage.add(key, value);
    }

    /** Whether the slot was cold in this transaction; it is warm from now on. To be called before the slot is read or written. */
    public boolean warmSlot(AccountState account, int slot) {
        if (account.storage.isWarm(slot, transaction)) {
            return false;
        }
        account.storage.warm(slot, transaction);
        changes.addSlot(Kind.WARM_SLOT, account, account.storage, slot);
        return true;
    }

    public void readSlot(AccountState account, int slot, long[] out, int at) {
        account.storage.read(slot, out, at);
    }

    /** Sets a warm slot and tells what EIP-2200 wants to know about the write. */
    public StorageWrite writeSlot(AccountState account, int slot, long[] words, int at) {
        StorageTable table = account.storage;
        StorageWrite write = StorageWrite.of(table, slot, words, at);
        if (write != StorageWrite.UNCHANGED) {
            changes.addSlot(Kind.STORAGE, account, table, slot);
            table.write(slot, words, at);
            list(account);
        }
        return write;
    }

    public void readTransient(AccountState account, long[] words, int keyAt, int out) {
        StorageTable table = account.transientStorage;
        int slot = table == null ? -1 : table.find(words, keyAt);
        if (table == null || slot < 0) {
            Arrays.fill(words, out, out + Word.LIMBS, 0);
        } else {
            table.read(slot, words, out);
        }
    }

    public void writeTransient(AccountState account, long[] words, int keyAt, int valueAt) {
        StorageTable table = account.transientStorage;
        if (table == null) {
            table = new StorageTable();
            account.transientStorage = table;
            withTransientStorage.add(account);
        }
        int slot = table.find(words, keyAt);
        if (slot < 0) {
            slot = table.add(Word.load(words, keyAt), Word.ZERO);
        }
        changes.addSlot(Kind.TRANSIENT, account, table, slot);
        table.write(slot, words, valueAt);
    }

    /** Removes what the transaction destroyed or emptied, and forgets what lasts no longer than it. */
    public void endTransaction() {
        for (AccountState account : endangered) {
            boolean isDestroyed = account.destroyedIn == transaction;
            boolean isEmptied = account.touchedIn == transaction && account.exists && account.isEmpty();
            if (isDestroyed || isEmptied) {
                remove(account);
            }
        }
        endangered.clear();
        withTransientStorage.forEach(account -> account.transientStorage = null);
        withTransientStorage.clear();
        changes.clear();
        transaction++;
    }

    private void remove(AccountState account) {
        account.exists = false;
        account.nonce = 0;
        account.balance = Word.ZERO;
        account.codeHash = Keccak256.EMPTY;
        account.code = Bytes.EMPTY;
        account.storage = new StorageTable();
        account.isStorageWiped = true;
        list(account);
    }

    /** Writes everything that has changed since the last time into the world state, in the order of addresses. */
    public void commit() {
        newCode.forEach(world::putCode);
        newCode.clear();
        changed.sort(Comparator.comparing(AccountState::address));
        for (AccountState account : changed) {
            account.isListed = false;
            if (account.isStorageWiped) {
                world.removeAccount(account.address());
            }
            if (account.exists) {
                write(account);
            } else if (!account.isStorageWiped) {
                world.removeAccount(account.address());
            }
            account.isStorageWiped = false;
        }
        changed.clear();
    }

    private void write(AccountState account) {
        world.putAccount(account.address(), new Account(account.nonce, account.balance, account.codeHash));
        StorageTable table = account.storage;
        for (int slot = 0; slot < table.count(); slot++) {
            if (table.isWritten(slot)) {
                world.putStorage(account.address(), table.key(slot), table.value(slot));
            }
        }
        table.forgetWrites();
    }
}
