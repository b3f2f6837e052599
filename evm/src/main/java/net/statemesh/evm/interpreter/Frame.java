// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.Arrays;
import net.statemesh.evm.state.AccountState;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** One call's registers. A machine keeps one frame for each depth and uses it again and again. */
final class Frame {
    static final int MAX_STACK_ITEMS = 1024;
    static final int STACK_LONGS = MAX_STACK_ITEMS * Word.LIMBS;
    static final byte[] NO_BYTES = {};

    private static final Code NO_CODE = new Code(NO_BYTES);

    final Machine machine;
    final int depth;
    /** Four longs an item, the least significant first. */
    final long[] stack = new long[STACK_LONGS];

    final Memory memory = new Memory();

    CallKind kind = CallKind.CALL;
    Code code = NO_CODE;
    /** {@link Code#charges}, or zeros where every instruction is charged on its own. */
    long[] charges = NO_CODE.charges;

    AccountState self;
    Address caller = Address.ZERO;
    Word value = Word.ZERO;
    byte[] input = NO_BYTES;
    int inputStart;
    int inputEnd;
    boolean isStatic;
    /** State and number of logs before the call. */
    int snapshot;

    int logCount;

    long gasGiven;

    /** The instruction that ran last; its block is charged next. */
    int pc;
    /** Longs on the stack. */
    int sp;

    long gas;
    long refund;
    /** What the latest inner call returned. */
    byte[] returnData = NO_BYTES;

    byte[] output = NO_BYTES;

    @Nullable
    HaltReason halt;

    /** Where the result of a running inner call goes. */
    int resultOffset;

    int resultLength;

    Frame(Machine machine, int depth, AccountState anyone) {
        this.machine = machine;
        this.depth = depth;
        self = anyone;
    }

    /** Sets all but the account, which is {@code self} from now on. */
    void begin(CallKind kind, AccountState self, Address caller, Word value, long gas, boolean isStatic) {
        this.kind = kind;
        this.self = self;
        this.caller = caller;
        this.value = value;
        this.gas = gas;
        gasGiven = gas;
        this.isStatic = isStatic;
        snapshot = machine.journal().snapshot();
        logCount = machine.logCount();
        memory.clear();
        pc = -1;
        sp = 0;
        refund = 0;
        returnData = NO_BYTES;
        output = NO_BYTES;
        halt = null;
    }

    void setInput(byte[] bytes, int start, int end) {
        input = bytes;
        inputStart = start;
        inputEnd = end;
    }

    Bytes inputBytes() {
        return Bytes.wrap(Arrays.copyOfRange(input, inputStart, inputEnd));
    }

    void setCode(Code code, boolean isTraced) {
        this.code = code;
        charges = isTraced ? new long[code.charges.length] : code.charges;
    }

    /** Puts the registers back before a call. */
    void suspend(int pc, int sp, long gas) {
        this.pc = pc;
        this.sp = sp;
        this.gas = gas;
    }

    void push(Word word) {
        word.store(stack, sp);
        sp += Word.LIMBS;
    }

    Exit done(long gasLeft) {
        gas = gasLeft;
        return Exit.DONE;
    }

    Exit reverted(long gasLeft) {
        gas = gasLeft;
        halt = HaltReason.REVERTED;
        return Exit.REVERTED;
    }

    /** What an instruction that cannot be carried out returns instead of the gas left. */
    long refuse(HaltReason reason) {
        halt = reason;
        return -1;
    }

    /** Ends the frame for the reason given to {@link #refuse}, or for want of gas. */
    Exit halted() {
        if (halt == null) {
            halt = HaltReason.OUT_OF_GAS;
        }
        gas = 0;
        return Exit.HALTED;
    }

    /** Ends the frame for what its next block lacks. */
    Exit halted(long gasLeft, long charge, int stackLongs) {
        if (gasLeft >= 0) {
            halt = Code.underflows(charge, stackLongs) ? HaltReason.STACK_UNDERFLOW : HaltReason.STACK_OVERFLOW;
        }
        return halted();
    }

    Exit halted(HaltReason reason) {
        halt = reason;
        return halted();
    }
}
