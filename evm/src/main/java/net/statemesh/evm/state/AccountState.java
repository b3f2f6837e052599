// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.state;

import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** An account as the transactions of a block have left it so far. Changed through the {@link Journal} only. */
public final class AccountState {
    private final Address address;

    boolean exists;
    long nonce;
    Word balance;
    Word codeHash;

    @Nullable
    Bytes code;

    StorageTable storage = new StorageTable();

    @Nullable
    StorageTable transientStorage;
    /** True where nothing of the world state's storage counts any more. */
    boolean isStorageWiped;

    /** Numbers of the transactions in which it was last accessed, created, touched (EIP-161) or destroyed. */
    int warmIn;

    int createdIn;
    int touchedIn;
    int destroyedIn;
    /** Whether it is on the journal's list of what to hand on. */
    boolean isListed;

    AccountState(Address address, @Nullable Account account) {
        this.address = address;
        Account known = account == null ? Account.EMPTY : account;
        exists = account != null;
        nonce = known.nonce();
        balance = known.balance();
        codeHash = known.codeHash();
    }

    public Address address() {
        return address;
    }

    /** Empty accounts may exist; see EIP-161. */
    public boolean exists() {
        return exists;
    }

    /** Neither nonce nor balance nor code. */
    public boolean isEmpty() {
        return nonce == 0 && balance.isZero() && !hasCode();
    }

    public boolean hasCode() {
        return !codeHash.equals(Keccak256.EMPTY);
    }

    /** Unsigned. */
    public long nonce() {
        return nonce;
    }

    public Word balance() {
        return balance;
    }

    public Word codeHash() {
        return codeHash;
    }
}
