// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.rlp.RlpWriter;
import net.statemesh.evm.state.AccountState;
import net.statemesh.evm.state.Journal;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** CREATE and CREATE2, and transactions without a recipient. */
final class Creations {
    private static final int RESERVED_FIRST_BYTE = 0xef;
    private static final long MAX_NONCE = -1L;

    private Creations() {}

    static Exit beginTop(Frame top, Message message) {
        AccountState created = top.machine.journal().account(addressOf(message.sender(), message.senderNonce()));
        top.machine.journal().warm(created);
        top.begin(CallKind.CREATE, created, message.sender(), message.value(), message.gas(), false);
        top.machine.tracing().enter(top, message.sender(), created.address(), message.input(), 0);
        return enter(top, message.input());
    }

    /** Stack: value, offset and length of the init code, salt (CREATE2 only). */
    static Exit begin(Frame f, CallKind kind) {
        if (f.isStatic) {
            return f.halted(HaltReason.STATIC_VIOLATION);
        }
        long[] s = f.stack;
        int t = f.sp - 4;
        long gas = f.memory.reachRange(s, t - 4, t - 8, f.gas);
        if (gas < 0) {
            return f.halted();
        }
        int length = (int) s[t - 8];
        if (length > GasSchedule.MAX_INIT_CODE_BYTES) {
            return f.halted(HaltReason.INIT_CODE_TOO_LARGE);
        }
        long wordCost = GasSchedule.INIT_CODE_WORD + (kind == CallKind.CREATE2 ? GasSchedule.KECCAK_WORD : 0);
        gas -= wordCost * GasSchedule.words(length);
        if (gas < 0) {
            return f.halted();
        }
        long given = gas - gas / GasSchedule.CALL_KEEPS_QUOTIENT;
        f.gas = gas - given;
        f.sp = kind == CallKind.CREATE ? t - 8 : t - 12;
        f.resultLength = 0;
        Word value = Word.load(s, t);
        if (f.depth == Machine.MAX_DEPTH || value.compareTo(f.self.balance()) > 0 || f.self.nonce() == MAX_NONCE) {
            return Calls.refused(f, given);
        }
        Bytes initCode = Bytes.wrap(f.memory.copy(s[t - 4], length));
        Address address = kind == CallKind.CREATE
                ? addressOf(f.self.address(), f.self.nonce())
                : addressOf(f.self.address(), Word.load(s, t - 12), initCode);
        return begin(f, kind, address, value, given, initCode);
    }

    private static Exit begin(Frame f, CallKind kind, Address address, Word value, long gas, Bytes initCode) {
        Journal journal = f.machine.journal();
        AccountState created = journal.account(address);
        journal.setNonce(f.self, f.self.nonce() + 1);
        journal.warm(created);
        Frame callee = f.machine.frame(f.depth + 1);
        callee.begin(kind, created, f.self.address(), value, gas, false);
        f.machine.tracing().enter(callee, f.self.address(), address, initCode, f.gas);
        Exit exit = enter(callee, initCode);
        if (exit != Exit.CALLED) {
            f.machine.tracing().exit(callee);
            return Calls.refused(f, 0);
        }
        return exit;
    }

    /** Begins the contract's account, unless there is a contract already (EIP-684, EIP-7610). */
    private static Exit enter(Frame callee, Bytes initCode) {
        Journal journal = callee.machine.journal();
        AccountState created = callee.self;
        if (created.nonce() != 0 || created.hasCode() || journal.hasStorage(created)) {
            return callee.halted(HaltReason.ADDRESS_COLLISION);
        }
        journal.create(created);
        journal.transfer(journal.account(callee.caller), created, callee.value);
        callee.setInput(Frame.NO_BYTES, 0, 0);
        callee.setCode(new Code(initCode.shared()), callee.machine.tracing().steps() != null);
        return Exit.CALLED;
    }

    /** Pays for what the init code has returned and makes it the contract's code (EIP-170, EIP-3541). */
    static Exit deposit(Frame f) {
        byte[] code = f.output;
        if (code.length > GasSchedule.MAX_CODE_BYTES) {
            return failed(f, HaltReason.CODE_TOO_LARGE);
        }
        if (code.length > 0 && (code[0] & 0xff) == RESERVED_FIRST_BYTE) {
            return failed(f, HaltReason.CODE_STARTS_WITH_EF);
        }
        long cost = GasSchedule.CODE_DEPOSIT_BYTE * code.length;
        if (cost > f.gas) {
            return failed(f, HaltReason.OUT_OF_GAS);
        }
        f.gas -= cost;
        f.machine.journal().setCode(f.self, Bytes.wrap(code));
        return Exit.DONE;
    }

    private static Exit failed(Frame f, HaltReason reason) {
        f.output = Frame.NO_BYTES;
        return f.halted(reason);
    }

    /** CREATE: the hash of the creator and its nonce. */
    static Address addressOf(Address creator, long nonce) {
        byte[] content = new RlpWriter().text(creator.toBytes()).number(nonce).toList();
        return Address.of(Keccak256.hash(content));
    }

    /** CREATE2: the hash of the creator, the salt and the init code's hash (EIP-1014). */
    private static Address addressOf(Address creator, Word salt, Bytes initCode) {
        byte[] content = new byte[1 + Address.BYTES + 2 * Word.BYTES];
        content[0] = (byte) 0xff;
        creator.write(content, 1);
        salt.write(content, 1 + Address.BYTES);
        Keccak256.hash(initCode.shared()).write(content, 1 + Address.BYTES + Word.BYTES);
        return Address.of(Keccak256.hash(content));
    }
}
