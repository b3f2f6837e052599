// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** Listens to a running transaction. */
public interface Tracer {
    /** A call as it begins; precompiles and self-destructs are calls as well. */
    record Call(CallKind kind, Address from, Address to, Word value, Bytes input, long gas, int depth) {}

    /** The machine before one instruction. Valid during {@link #step} only. */
    interface Step {
        int pc();

        /** The opcode, 0 to 255. */
        int opcode();

        /** Before the instruction is paid for. */
        long gas();

        /** 0 for the transaction's own call. */
        int depth();

        /** The account whose storage the code works on. */
        Address address();

        int stackSize();

        /** An item by its distance from the top one, which is 0. */
        Word stackItem(int fromTop);

        Bytes memory();

        /** What the latest inner call returned. */
        Bytes returnData();

        /** Signed: clearing a slot that was cleared before takes refund back. */
        long refund();
    }

    /** Whether {@link #step} wants to hear of every instruction; that is slow. */
    boolean wantsSteps();

    void step(Step step);

    /** The gas that is left to the caller while the call runs stands in {@code callerGas}; 0 for the outermost call. */
    void enter(Call call, long callerGas);

    /** The call that began last is over; {@code halt} is null after success. */
    void exit(Bytes output, long gasUsed, @Nullable HaltReason halt);
}
