// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.Arrays;

/**
 * Bytecode, analysed once. It is cut into blocks that run from their first instruction to their last or not at all, so that gas and stack are
 * checked once for a block. A block begins at a JUMPDEST and after every instruction that may leave the block or looks at the gas left:
 * JUMPI, GAS, SSTORE, calls and creations. What a block needs is charged by the instruction before it, or by its JUMPDEST.
 */
final class Code {
    /** Zeros after the last byte, so that an operand that is cut off reads as zeros and the end reads as STOP. */
    static final int PADDING_BYTES = 40;

    private static final int GAS_SHIFT = 32;
    private static final int NEED_SHIFT = 16;
    private static final int STACK_MASK = 0xffff;

    /** The code and its padding. */
    final byte[] bytes;

    final int size;
    /** One bit a byte of the code: set where a jump may land. */
    final long[] jumpDestinations;
    /** At pc + 1: what the block that begins at or after the instruction at pc needs; see {@link #lacksStack}. */
    final long[] charges;

    Code(byte[] code) {
        size = code.length;
        bytes = Arrays.copyOf(code, size + PADDING_BYTES);
        jumpDestinations = new long[size / Long.SIZE + 1];
        charges = new long[size + 2];
        analyse();
    }

    /** The bytes a code takes in memory, about. */
    long footprintBytes() {
        return (long) Long.BYTES * size + 2L * size + 200;
    }

    boolean isJumpDestination(long target) {
        return Long.compareUnsigned(target, size) < 0 && (jumpDestinations[(int) (target >>> 6)] >>> target & 1) != 0;
    }

    static long gas(long charge) {
        return charge >>> GAS_SHIFT;
    }

    /** @param stackLongs longs on the stack: four an item */
    static boolean lacksStack(long charge, int stackLongs) {
        int need = (int) (charge >>> NEED_SHIFT) & STACK_MASK;
        int growth = (int) charge & STACK_MASK;
        return stackLongs < need << 2 || stackLongs + (growth << 2) > Frame.STACK_LONGS;
    }

    static boolean underflows(long charge, int stackLongs) {
        return stackLongs < ((int) (charge >>> NEED_SHIFT) & STACK_MASK) << 2;
    }

    private void analyse() {
        Block block = new Block(0);
        boolean isDead = false;
        int pc = 0;
        while (pc < size) {
            int opcode = bytes[pc] & 0xff;
            if (opcode == Opcode.JUMPDEST) {
                jumpDestinations[pc >>> 6] |= 1L << pc;
                if (!isDead) {
                    charges[block.chargedAt] = block.charge();
                }
                block = new Block(pc + 1);
                isDead = false;
            }
            if (!isDead) {
                block.add(opcode);
                if (endsBlock(opcode)) {
                    charges[block.chargedAt] = block.charge();
                    block = new Block(pc + 1);
                    isDead = endsFrame(opcode);
                }
            }
            pc += 1 + Opcode.operandBytes(opcode);
        }
        if (!isDead && block.chargedAt < charges.length) {
            charges[block.chargedAt] = block.charge();
        }
    }

    private static boolean endsFrame(int opcode) {
        return switch (opcode) {
            case Opcode.STOP, Opcode.JUMP, Opcode.RETURN, Opcode.REVERT, Opcode.INVALID, Opcode.SELFDESTRUCT -> true;
            default -> !Opcode.isDefined(opcode);
        };
    }

    private static boolean endsBlock(int opcode) {
        return switch (opcode) {
            case Opcode.JUMPI,
                    Opcode.GAS,
                    Opcode.SSTORE,
                    Opcode.CALL,
                    Opcode.CALLCODE,
                    Opcode.DELEGATECALL,
                    Opcode.STATICCALL,
                    Opcode.CREATE,
                    Opcode.CREATE2 -> true;
            default -> endsFrame(opcode);
        };
    }

    /** Sums up a block: all its static gas, the items it needs below it, and how far above its start the stack reaches. */
    private static final class Block {
        final int chargedAt;
        private long gas;
        private int depth;
        private int need;
        private int growth;

        Block(int chargedAt) {
            this.chargedAt = chargedAt;
        }

        void add(int opcode) {
            gas += Opcode.staticGas(opcode);
            need = Math.max(need, Opcode.takes(opcode) - depth);
            depth += Opcode.leaves(opcode) - Opcode.takes(opcode);
            growth = Math.max(growth, depth);
        }

        long charge() {
            return gas << GAS_SHIFT | (long) Math.min(need, STACK_MASK) << NEED_SHIFT | Math.min(growth, STACK_MASK);
        }
    }
}
