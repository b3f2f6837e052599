// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.Optional;
import net.statemesh.evm.precompile.Precompile;
import net.statemesh.evm.state.AccountState;
import net.statemesh.evm.state.Journal;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** CALL, CALLCODE, DELEGATECALL, STATICCALL: what they cost, and the frame that runs next. */
final class Calls {
    private Calls() {}

    /** CALLED when the frame above is ready to run, DONE when the call is over already, HALTED when the caller cannot go on. */
    static Exit begin(Frame f, int opcode) {
        return switch (opcode) {
            case Opcode.CREATE -> Creations.begin(f, CallKind.CREATE);
            case Opcode.CREATE2 -> Creations.begin(f, CallKind.CREATE2);
            case Opcode.CALL -> call(f, CallKind.CALL);
            case Opcode.CALLCODE -> call(f, CallKind.CALLCODE);
            case Opcode.DELEGATECALL -> call(f, CallKind.DELEGATECALL);
            default -> call(f, CallKind.STATICCALL);
        };
    }

    /** The outermost call. */
    static Exit beginTop(Frame top, Message message, Address to) {
        AccountState target = top.machine.journal().account(to);
        top.begin(CallKind.CALL, target, message.sender(), message.value(), message.gas(), false);
        byte[] input = message.input().shared();
        top.setInput(input, 0, input.length);
        return enter(top, target, 0);
    }

    /** Stack: gas, address, value (CALL and CALLCODE only), input offset and length, result offset and length. */
    private static Exit call(Frame f, CallKind kind) {
        long[] s = f.stack;
        int t = f.sp - 4;
        boolean namesValue = kind == CallKind.CALL || kind == CallKind.CALLCODE;
        int rangesAt = namesValue ? t - 12 : t - 8;
        Word value = namesValue ? Word.load(s, t - 8) : Word.ZERO;
        if (f.isStatic && kind == CallKind.CALL && !value.isZero()) {
            return f.halted(HaltReason.STATIC_VIOLATION);
        }
        AccountState target = f.machine.journal().account(Address.load(s, t - 4));
        long gas = f.memory.reachRange(s, rangesAt, rangesAt - 4, f.gas);
        gas = gas < 0 ? gas : f.memory.reachRange(s, rangesAt - 8, rangesAt - 12, gas);
        gas = gas < 0 ? gas : gas - cost(f, kind, target, value);
        if (gas < 0) {
            return f.halted();
        }
        long most = gas - gas / GasSchedule.CALL_KEEPS_QUOTIENT;
        boolean asksLess = (s[t + 1] | s[t + 2] | s[t + 3]) == 0 && s[t] >= 0 && s[t] <= most;
        long given = asksLess ? s[t] : most;
        f.gas = gas - given;
        f.sp = rangesAt - 12;
        f.resultLength = (int) s[rangesAt - 12];
        f.resultOffset = f.resultLength == 0 ? 0 : (int) s[rangesAt - 8];
        int inputLength = (int) s[rangesAt - 4];
        int inputOffset = inputLength == 0 ? 0 : (int) s[rangesAt];
        Frame callee = f.machine.frame(Math.min(f.depth + 1, Machine.MAX_DEPTH));
        long stipend = value.isZero() ? 0 : GasSchedule.CALL_STIPEND;
        return f.depth == Machine.MAX_DEPTH
                ? refused(f, given + stipend)
                : begin(f, callee, kind, target, value, given + stipend, inputOffset, inputLength);
    }

    private static long cost(Frame f, CallKind kind, AccountState target, Word value) {
        long cost = OtherAccounts.coldCost(f.machine.journal(), target);
        if (!value.isZero()) {
            cost += GasSchedule.CALL_VALUE;
            if (kind == CallKind.CALL && target.isEmpty()) {
                cost += GasSchedule.NEW_ACCOUNT;
            }
        }
        return cost;
    }

    private static Exit begin(
            Frame f,
            Frame callee,
            CallKind kind,
            AccountState target,
            Word value,
            long gas,
            int inputOffset,
            int inputLength) {
        boolean isBorrowed = kind == CallKind.CALLCODE || kind == CallKind.DELEGATECALL;
        boolean isDelegated = kind == CallKind.DELEGATECALL;
        callee.begin(
                kind,
                isBorrowed ? f.self : target,
                isDelegated ? f.caller : f.self.address(),
                isDelegated ? f.value : value,
                gas,
                f.isStatic || kind == CallKind.STATICCALL);
        callee.setInput(f.memory.array(), inputOffset, inputOffset + inputLength);
        if (value.compareTo(f.self.balance()) > 0) {
            callee.halt = HaltReason.INSUFFICIENT_BALANCE;
            trace(callee, target, f.gas);
            f.machine.tracing().exit(callee);
            return refused(f, gas);
        }
        Exit exit = enter(callee, target, f.gas);
        if (exit != Exit.CALLED) {
            finishAtOnce(f, callee, exit);
            return Exit.DONE;
        }
        return exit;
    }

    /** Moves the value and readies the code; what has no code to run is over at once. */
    private static Exit enter(Frame callee, AccountState target, long callerGas) {
        Journal journal = callee.machine.journal();
        trace(callee, target, callerGas);
        if (callee.kind == CallKind.CALL) {
            journal.transfer(journal.account(callee.caller), target, callee.value);
        } else if (callee.kind == CallKind.STATICCALL) {
            journal.touch(target);
        }
        Precompile precompile = callee.machine.precompiles().at(target.address());
        if (precompile != null) {
            return run(callee, precompile);
        }
        if (!target.hasCode()) {
            return Exit.DONE;
        }
        callee.setCode(callee.machine.code(target), callee.machine.tracing().steps() != null);
        return Exit.CALLED;
    }

    private static Exit run(Frame callee, Precompile precompile) {
        Bytes input = callee.inputBytes();
        long cost = precompile.gas(input);
        if (cost > callee.gas) {
            return callee.halted();
        }
        Optional<Bytes> output = precompile.run(input);
        if (output.isEmpty()) {
            return callee.halted(HaltReason.PRECOMPILE_FAILED);
        }
        callee.output = output.get().shared();
        return callee.done(callee.gas - cost);
    }

    private static void finishAtOnce(Frame f, Frame callee, Exit exit) {
        if (exit != Exit.DONE) {
            f.machine.journal().revertTo(callee.snapshot);
        }
        f.machine.tracing().exit(callee);
        f.gas += callee.gas;
        f.returnData = callee.output;
        f.memory.copyResult(f.resultOffset, f.resultLength, callee.output);
        f.push(exit == Exit.DONE ? Word.ONE : Word.ZERO);
    }

    /** A call that does not even begin costs nothing of the gas it was given. */
    static Exit refused(Frame f, long gas) {
        f.gas += gas;
        f.returnData = Frame.NO_BYTES;
        f.push(Word.ZERO);
        return Exit.DONE;
    }

    private static void trace(Frame callee, AccountState target, long callerGas) {
        CallTracing tracing = callee.machine.tracing();
        if (tracing.isOn()) {
            boolean isBorrowed = callee.kind == CallKind.CALLCODE || callee.kind == CallKind.DELEGATECALL;
            Address from = isBorrowed ? callee.self.address() : callee.caller;
            tracing.enter(callee, from, target.address(), callee.inputBytes(), callerGas);
        }
    }
}
