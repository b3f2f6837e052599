// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** Shows a tracer every instruction, which is then charged on its own and not with its block. */
final class InstructionSteps implements Tracer.Step {
    private final Machine machine;
    private final Tracer tracer;
    private Frame frame;
    private int opcode;
    private int pc;
    private int sp;
    private long gas;

    InstructionSteps(Machine machine, Tracer tracer) {
        this.machine = machine;
        this.tracer = tracer;
        frame = machine.frame(0);
    }

    /** The gas left after the static cost; negative when the instruction cannot run. */
    long before(Frame frame, int opcode, int pc, int sp, long gas) {
        this.frame = frame;
        this.opcode = opcode;
        this.pc = pc;
        this.sp = sp;
        this.gas = gas;
        tracer.step(this);
        int items = sp / Word.LIMBS;
        if (items < Opcode.takes(opcode)) {
            return frame.refuse(HaltReason.STACK_UNDERFLOW);
        }
        if (items + Opcode.leaves(opcode) - Opcode.takes(opcode) > Frame.MAX_STACK_ITEMS) {
            return frame.refuse(HaltReason.STACK_OVERFLOW);
        }
        return gas - Opcode.staticGas(opcode);
    }

    @Override
    public int pc() {
        return pc;
    }

    @Override
    public int opcode() {
        return opcode;
    }

    @Override
    public long gas() {
        return gas;
    }

    @Override
    public int depth() {
        return frame.depth;
    }

    @Override
    public Address address() {
        return frame.self.address();
    }

    @Override
    public int stackSize() {
        return sp / Word.LIMBS;
    }

    @Override
    public Word stackItem(int fromTop) {
        return Word.load(frame.stack, sp - Word.LIMBS * (fromTop + 1));
    }

    @Override
    public Bytes memory() {
        return frame.memory.snapshot();
    }

    @Override
    public Bytes returnData() {
        return Bytes.copyOf(frame.returnData);
    }

    @Override
    public long refund() {
        return machine.refund(frame.depth);
    }
}
