// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import net.statemesh.evm.crypto.Keccak256;

/** Copies into memory and what is read out of it; {@code t} is the place of the top item, and what is returned is the gas left. */
final class MemoryInstructions {
    private MemoryInstructions() {}

    /** The hash takes the place of the second item. */
    static long keccak(Memory memory, long[] s, int t, long gas) {
        long left = memory.reachRange(s, t, t - 4, gas);
        if (left < 0) {
            return left;
        }
        int length = (int) s[t - 4];
        left -= GasSchedule.KECCAK_WORD * GasSchedule.words(length);
        if (left < 0) {
            return left;
        }
        Keccak256.hash(memory.array(), length == 0 ? 0 : (int) s[t], length).store(s, t - 4);
        return left;
    }

    /** Stack: destination, source offset, length. */
    static long copy(Frame f, int opcode, long[] s, int t, long gas) {
        Memory memory = f.memory;
        long left = memory.reachRange(s, t, t - 8, gas);
        if (left >= 0 && opcode == Opcode.MCOPY) {
            left = memory.reachRange(s, t - 4, t - 8, left);
        }
        if (opcode == Opcode.RETURNDATACOPY && isBeyond(s, t - 4, t - 8, f.returnData.length)) {
            return left < 0 ? left : f.refuse(HaltReason.RETURN_DATA_OUT_OF_BOUNDS);
        }
        if (left < 0) {
            return left;
        }
        int length = (int) s[t - 8];
        left -= GasSchedule.COPY_WORD * GasSchedule.words(length);
        if (left < 0) {
            return left;
        }
        switch (opcode) {
            case Opcode.CALLDATACOPY -> memory.copyIn(s[t], f.input, f.inputStart, f.inputEnd, s, t - 4, length);
            case Opcode.CODECOPY -> memory.copyIn(s[t], f.code.bytes, 0, f.code.size, s, t - 4, length);
            case Opcode.RETURNDATACOPY -> memory.copyIn(s[t], f.returnData, 0, f.returnData.length, s, t - 4, length);
            default -> memory.move(s[t], s[t - 4], length);
        }
        return left;
    }

    private static boolean isBeyond(long[] s, int offsetAt, int lengthAt, int available) {
        long high = s[offsetAt + 1]
                | s[offsetAt + 2]
                | s[offsetAt + 3]
                | s[lengthAt + 1]
                | s[lengthAt + 2]
                | s[lengthAt + 3];
        long offset = s[offsetAt];
        long length = s[lengthAt];
        return high != 0 || offset < 0 || length < 0 || offset > available || length > available - offset;
    }

    /** RETURN and REVERT: sets the frame's output. */
    static long output(Frame f, long[] s, int t, long gas) {
        long left = f.memory.reachRange(s, t, t - 4, gas);
        if (left >= 0) {
            f.output = f.memory.copy(s[t], (int) s[t - 4]);
        }
        return left;
    }
}
