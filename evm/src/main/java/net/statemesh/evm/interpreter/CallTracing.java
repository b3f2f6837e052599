// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** Tells a tracer, if there is one, of calls. */
final class CallTracing {
    private final @Nullable Tracer tracer;
    private final @Nullable InstructionSteps steps;

    CallTracing(Machine machine, @Nullable Tracer tracer) {
        this.tracer = tracer;
        steps = tracer != null && tracer.wantsSteps() ? new InstructionSteps(machine, tracer) : null;
    }

    /** Null where nobody wants to hear of single instructions. */
    @Nullable
    InstructionSteps steps() {
        return steps;
    }

    /** A frame is about to run; what it runs is in {@code input} for creations as well. */
    void enter(Frame frame, Address from, Address to, Bytes input, long callerGas) {
        if (tracer != null) {
            Tracer.Call call = new Tracer.Call(frame.kind, from, to, frame.value, input, frame.gasGiven, frame.depth);
            tracer.enter(call, callerGas);
        }
    }

    void exit(Frame frame) {
        if (tracer != null) {
            tracer.exit(Bytes.copyOf(frame.output), frame.gasGiven - frame.gas, frame.halt);
        }
    }

    void selfDestruct(Frame frame, Address heir, Word balance) {
        if (tracer != null) {
            tracer.enter(
                    new Tracer.Call(
                            CallKind.SELFDESTRUCT,
                            frame.self.address(),
                            heir,
                            balance,
                            Bytes.EMPTY,
                            0,
                            frame.depth + 1),
                    frame.gas);
            tracer.exit(Bytes.EMPTY, 0, null);
        }
    }

    boolean isOn() {
        return tracer != null;
    }
}
