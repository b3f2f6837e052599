// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.state;

import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** All accounts, as the last block left them. A {@link Journal} reads it and, once the block is done, writes it. */
public interface WorldState {
    /** The account, or null where there is none. */
    @Nullable
    Account account(Address address);

    /** Whether any slot of the account is not zero. */
    boolean hasStorage(Address address);

    /** Zero for slots that were never written. */
    Word storage(Address address, Word slot);

    /** The code of an account that has this code hash. */
    Bytes code(Word codeHash);

    void putAccount(Address address, Account account);

    /** Removes the account with its storage. */
    void removeAccount(Address address);

    /** A value of zero removes the slot. */
    void putStorage(Address address, Word slot, Word value);

    void putCode(Word codeHash, Bytes code);
}
