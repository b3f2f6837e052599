// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import net.statemesh.evm.state.AccountState;
import net.statemesh.evm.state.Journal;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Word;

/** Looking at other accounts, and leaving everything to one; {@code t} is the place of the top item. */
final class OtherAccounts {
    private OtherAccounts() {}

    /** What a cold account costs beyond the static gas. */
    static long coldCost(Journal journal, AccountState account) {
        return journal.warm(account) ? GasSchedule.COLD_ACCOUNT - GasSchedule.WARM_ACCESS : 0;
    }

    /** BALANCE, EXTCODESIZE, EXTCODEHASH. */
    static long look(Frame f, int opcode, long[] s, int t, long gas) {
        Journal journal = f.machine.journal();
        AccountState account = journal.account(Address.load(s, t));
        long left = gas - coldCost(journal, account);
        if (left < 0) {
            return left;
        }
        Word seen = switch (opcode) {
            case Opcode.BALANCE -> account.balance();
            case Opcode.EXTCODESIZE -> Word.of(journal.code(account).size());
            default -> account.exists() && !account.isEmpty() ? account.codeHash() : Word.ZERO;
        };
        seen.store(s, t);
        return left;
    }

    /** EXTCODECOPY. Stack: address, destination, source offset, length. */
    static long copyCode(Frame f, long[] s, int t, long gas) {
        Journal journal = f.machine.journal();
        AccountState account = journal.account(Address.load(s, t));
        long left = gas - coldCost(journal, account);
        left = left < 0 ? left : f.memory.reachRange(s, t - 4, t - 12, left);
        if (left < 0) {
            return left;
        }
        int length = (int) s[t - 12];
        left -= GasSchedule.COPY_WORD * GasSchedule.words(length);
        if (left >= 0) {
            byte[] code = journal.code(account).shared();
            f.memory.copyIn(s[t - 4], code, 0, code.length, s, t - 8, length);
        }
        return left;
    }

    /** As EIP-6780 has it: the account goes only if this transaction has created it; its balance goes in any case. */
    static long selfDestruct(Frame f, long[] s, int t, long gas) {
        if (f.isStatic) {
            return f.refuse(HaltReason.STATIC_VIOLATION);
        }
        Journal journal = f.machine.journal();
        AccountState heir = journal.account(Address.load(s, t));
        Word balance = f.self.balance();
        long left = gas - (journal.warm(heir) ? GasSchedule.COLD_ACCOUNT : 0);
        if (!balance.isZero() && heir.isEmpty()) {
            left -= GasSchedule.NEW_ACCOUNT;
        }
        if (left < 0) {
            return left;
        }
        f.gas = left;
        f.machine.tracing().selfDestruct(f, heir.address(), balance);
        if (heir == f.self) {
            if (journal.isNew(heir)) {
                journal.setBalance(heir, Word.ZERO);
            }
        } else {
            journal.transfer(f.self, heir, balance);
        }
        if (journal.isNew(f.self)) {
            journal.destroy(f.self);
        }
        return left;
    }
}
