// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.state;

import java.util.Arrays;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** The changes of one transaction in order, each with what was there before; going back to an index undoes what came after it. */
final class ChangeList {
    enum Kind {
        WARM_ACCOUNT,
        WARM_SLOT,
        STORAGE,
        TRANSIENT,
        BALANCE,
        NONCE,
        CODE,
        EXISTENCE,
        CREATION,
        TOUCH,
        DESTRUCTION
    }

    private static final int FIRST_CAPACITY = 64;

    private Kind[] kinds = new Kind[FIRST_CAPACITY];
    private AccountState[] accounts = new AccountState[FIRST_CAPACITY];
    private int[] slots = new int[FIRST_CAPACITY];
    /** A whole word for storage; the first long alone for numbers and flags. */
    private long[] before = new long[FIRST_CAPACITY * Word.LIMBS];

    private @Nullable Object[] objects = new Object[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        Arrays.fill(objects, 0, size, null);
        size = 0;
    }

    void add(Kind kind, AccountState account) {
        int at = next(kind, account);
        objects[at] = null;
    }

    void addNumber(Kind kind, AccountState account, long number) {
        int at = next(kind, account);
        before[at * Word.LIMBS] = number;
    }

    void addSlot(Kind kind, AccountState account, StorageTable table, int slot) {
        int at = next(kind, account);
        slots[at] = slot;
        table.read(slot, before, at * Word.LIMBS);
    }

    void addBalance(AccountState account) {
        int at = next(Kind.BALANCE, account);
        objects[at] = account.balance;
    }

    private int next(Kind kind, AccountState account) {
        if (size == kinds.length) {
            int capacity = 2 * size;
            kinds = Arrays.copyOf(kinds, capacity);
            accounts = Arrays.copyOf(accounts, capacity);
            slots = Arrays.copyOf(slots, capacity);
            before = Arrays.copyOf(before, capacity * Word.LIMBS);
            objects = Arrays.copyOf(objects, capacity);
        }
        kinds[size] = kind;
        accounts[size] = account;
        return size++;
    }

    void revertTo(int index) {
        while (size > index) {
            size--;
            undo(size);
            objects[size] = null;
        }
    }

    private void undo(int at) {
        AccountState account = accounts[at];
        switch (kinds[at]) {
            case WARM_ACCOUNT -> account.warmIn = 0;
            case WARM_SLOT -> account.storage.cool(slots[at]);
            case STORAGE -> account.storage.write(slots[at], before, at * Word.LIMBS);
            case TRANSIENT -> {
                StorageTable table = account.transientStorage;
                if (table != null) {
                    table.write(slots[at], before, at * Word.LIMBS);
                }
            }
            case BALANCE -> {
                if (objects[at] instanceof Word balance) {
                    account.balance = balance;
                }
            }
            case NONCE -> account.nonce = before[at * Word.LIMBS];
            case CODE -> {
                account.code = null;
                account.codeHash = Keccak256.EMPTY;
            }
            case EXISTENCE -> account.exists = false;
            case CREATION -> account.createdIn = 0;
            case TOUCH -> account.touchedIn = 0;
            case DESTRUCTION -> account.destroyedIn = 0;
        }
    }
}
