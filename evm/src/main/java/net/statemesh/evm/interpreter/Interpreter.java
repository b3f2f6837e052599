// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import org.jspecify.annotations.Nullable;

/**
 * The loop over instructions. It stays below 8000 bytes of bytecode, beyond which the JVM does not compile a method: what takes more than
 * a few lines is in the class of its family.
 */
final class Interpreter {
    private final Division division = new Division();
    private final long[] scratch = new long[4];

    /** Runs a frame from after the instruction at its pc until it ends or calls. */
    Exit run(Frame f, @Nullable InstructionSteps steps) {
        byte[] code = f.code.bytes;
        long[] charges = f.charges;
        long[] s = f.stack;
        Memory memory = f.memory;
        int pc = f.pc;
        int sp = f.sp;
        long gas = f.gas;
        nextBlock:
        while (true) {
            long charge = charges[pc + 1];
            gas -= Code.gas(charge);
            if (gas < 0 || Code.lacksStack(charge, sp)) {
                return f.halted(gas, charge, sp);
            }
            pc++;
            while (true) {
                int opcode = code[pc] & 0xff;
                if (steps != null) {
                    gas = steps.before(f, opcode, pc, sp, gas);
                    if (gas < 0) {
                        return f.halted();
                    }
                }
                // sp is moved first where an instruction takes more than it leaves, and then is the place of the old
                // top
                switch (opcode) {
                    case Opcode.STOP -> {
                        return f.done(gas);
                    }
                    case Opcode.ADD -> Arithmetic.add(s, sp -= 4);
                    case Opcode.MUL -> Arithmetic.multiply(s, sp -= 4);
                    case Opcode.SUB -> Arithmetic.subtract(s, sp -= 4);
                    case Opcode.DIV -> division.divide(s, sp -= 4);
                    case Opcode.SDIV -> division.divideSigned(s, sp -= 4);
                    case Opcode.MOD -> division.remainder(s, sp -= 4);
                    case Opcode.SMOD -> division.remainderSigned(s, sp -= 4);
                    case Opcode.ADDMOD -> {
                        division.addModulo(s, sp - 4);
                        sp -= 8;
                    }
                    case Opcode.MULMOD -> {
                        division.multiplyModulo(s, sp - 4);
                        sp -= 8;
                    }
                    case Opcode.EXP -> {
                        sp -= 4;
                        gas -= GasSchedule.EXPONENT_BYTE * ((Arithmetic.bitLength(s, sp - 4) + 7) >>> 3);
                        if (gas < 0) {
                            return f.halted();
                        }
                        Arithmetic.exponentiate(s, sp, scratch);
                    }
                    case Opcode.SIGNEXTEND -> Bitwise.signExtend(s, sp -= 4);
                    case Opcode.LT -> {
                        sp -= 4;
                        Bitwise.set(s, sp - 4, Bitwise.isBelow(s, sp, sp - 4));
                    }
                    case Opcode.GT -> {
                        sp -= 4;
                        Bitwise.set(s, sp - 4, Bitwise.isBelow(s, sp - 4, sp));
                    }
                    case Opcode.SLT -> {
                        sp -= 4;
                        Bitwise.set(s, sp - 4, Bitwise.isBelowSigned(s, sp, sp - 4));
                    }
                    case Opcode.SGT -> {
                        sp -= 4;
                        Bitwise.set(s, sp - 4, Bitwise.isBelowSigned(s, sp - 4, sp));
                    }
                    case Opcode.EQ -> {
                        sp -= 4;
                        Bitwise.set(s, sp - 4, Bitwise.isEqual(s, sp, sp - 4));
                    }
                    case Opcode.ISZERO -> Bitwise.set(s, sp - 4, Bitwise.isZero(s, sp - 4));
                    case Opcode.AND -> Bitwise.and(s, sp -= 4);
                    case Opcode.OR -> Bitwise.or(s, sp -= 4);
                    case Opcode.XOR -> Bitwise.xor(s, sp -= 4);
                    case Opcode.NOT -> Bitwise.not(s, sp - 4);
                    case Opcode.BYTE -> Bitwise.selectByte(s, sp -= 4);
                    case Opcode.SHL -> Bitwise.shiftLeft(s, sp -= 4);
                    case Opcode.SHR -> Bitwise.shiftRight(s, sp -= 4);
                    case Opcode.SAR -> Bitwise.shiftRightSigned(s, sp -= 4);
                    case Opcode.KECCAK256 -> {
                        sp -= 4;
                        gas = MemoryInstructions.keccak(memory, s, sp, gas);
                        if (gas < 0) {
                            return f.halted();
                        }
                    }
                    case Opcode.ADDRESS,
                            Opcode.ORIGIN,
                            Opcode.CALLER,
                            Opcode.CALLVALUE,
                            Opcode.CALLDATASIZE,
                            Opcode.CODESIZE,
                            Opcode.GASPRICE,
                            Opcode.RETURNDATASIZE,
                            Opcode.SELFBALANCE -> {
                        Environment.ofCall(f, opcode, s, sp);
                        sp += 4;
                    }
                    case Opcode.COINBASE,
                            Opcode.TIMESTAMP,
                            Opcode.NUMBER,
                            Opcode.PREVRANDAO,
                            Opcode.GASLIMIT,
                            Opcode.CHAINID,
                            Opcode.BASEFEE,
                            Opcode.BLOBBASEFEE -> {
                        Environment.ofBlock(f, opcode, s, sp);
                        sp += 4;
                    }
                    case Opcode.CALLDATALOAD -> Environment.callDataLoad(f, s, sp - 4);
                    case Opcode.BLOCKHASH -> Environment.blockHash(f, s, sp - 4);
                    case Opcode.BLOBHASH -> Environment.blobHash(f, s, sp - 4);
                    case Opcode.BALANCE, Opcode.EXTCODESIZE, Opcode.EXTCODEHASH -> {
                        gas = OtherAccounts.look(f, opcode, s, sp - 4, gas);
                        if (gas < 0) {
                            return f.halted();
                        }
                    }
                    case Opcode.EXTCODECOPY -> {
                        gas = OtherAccounts.copyCode(f, s, sp - 4, gas);
                        sp -= 16;
                        if (gas < 0) {
                            return f.halted();
                        }
                    }
                    case Opcode.CALLDATACOPY, Opcode.CODECOPY, Opcode.RETURNDATACOPY, Opcode.MCOPY -> {
                        gas = MemoryInstructions.copy(f, opcode, s, sp - 4, gas);
                        sp -= 12;
                        if (gas < 0) {
                            return f.halted();
                        }
                    }
                    case Opcode.POP -> sp -= 4;
                    case Opcode.MLOAD -> {
                        gas = memory.reach(s, sp - 4, 32, gas);
                        if (gas < 0) {
                            return f.halted();
                        }
                        memory.load(s, sp - 4);
                    }
                    case Opcode.MSTORE -> {
                        sp -= 8;
                        gas = memory.reach(s, sp + 4, 32, gas);
                        if (gas < 0) {
                            return f.halted();
                        }
                        memory.store(s[sp + 4], s, sp);
                    }
                    case Opcode.MSTORE8 -> {
                        sp -= 8;
                        gas = memory.reach(s, sp + 4, 1, gas);
                        if (gas < 0) {
                            return f.halted();
                        }
                        memory.storeByte(s[sp + 4], s[sp]);
                    }
                    case Opcode.SLOAD -> {
                        gas = Storage.load(f, s, sp - 4, gas);
                        if (gas < 0) {
                            return f.halted();
                        }
                    }
                    case Opcode.SSTORE -> {
                        sp -= 8;
                        gas = Storage.store(f, s, sp + 4, gas);
                        if (gas < 0) {
                            return f.halted();
                        }
                        continue nextBlock;
                    }
                    case Opcode.TLOAD -> Storage.loadTransient(f, s, sp - 4);
                    case Opcode.TSTORE -> {
                        sp -= 8;
                        if (!Storage.storeTransient(f, s, sp + 4)) {
                            return f.halted();
                        }
                    }
                    case Opcode.JUMP -> {
                        sp -= 4;
                        if (!isTarget(f.code, s, sp)) {
                            return f.halted(HaltReason.INVALID_JUMP);
                        }
                        pc = (int) s[sp];
                        if (steps == null) {
                            continue nextBlock;
                        }
                        continue;
                    }
                    case Opcode.JUMPI -> {
                        sp -= 8;
                        if (Bitwise.isZero(s, sp)) {
                            continue nextBlock;
                        }
                        if (!isTarget(f.code, s, sp + 4)) {
                            return f.halted(HaltReason.INVALID_JUMP);
                        }
                        pc = (int) s[sp + 4];
                        if (steps == null) {
                            continue nextBlock;
                        }
                        continue;
                    }
                    case Opcode.PC -> {
                        push(s, sp, pc);
                        sp += 4;
                    }
                    case Opcode.MSIZE -> {
                        push(s, sp, memory.size());
                        sp += 4;
                    }
                    case Opcode.GAS -> {
                        push(s, sp, gas);
                        sp += 4;
                        continue nextBlock;
                    }
                    case Opcode.JUMPDEST -> {
                        continue nextBlock;
                    }
                    case Opcode.PUSH0 -> {
                        push(s, sp, 0);
                        sp += 4;
                    }
                    case Opcode.PUSH1 -> {
                        push(s, sp, code[pc + 1] & 0xff);
                        sp += 4;
                        pc++;
                    }
                    case Opcode.PUSH2 -> {
                        push(s, sp, (code[pc + 1] & 0xff) << 8 | (code[pc + 2] & 0xff));
                        sp += 4;
                        pc += 2;
                    }
                    case 0x62, 0x63, 0x64, 0x65, 0x66, 0x67 -> {
                        int length = opcode - Opcode.PUSH0;
                        push(s, sp, Operands.upToLong(code, pc + 1, length));
                        sp += 4;
                        pc += length;
                    }
                    case 0x68,
                            0x69,
                            0x6a,
                            0x6b,
                            0x6c,
                            0x6d,
                            0x6e,
                            0x6f,
                            0x70,
                            0x71,
                            0x72,
                            0x73,
                            0x74,
                            0x75,
                            0x76,
                            0x77,
                            0x78,
                            0x79,
                            0x7a,
                            0x7b,
                            0x7c,
                            0x7d,
                            0x7e,
                            Opcode.PUSH32 -> {
                        int length = opcode - Opcode.PUSH0;
                        Operands.push(code, pc + 1, length, s, sp);
                        sp += 4;
                        pc += length;
                    }
                    case Opcode.DUP1,
                            0x81,
                            0x82,
                            0x83,
                            0x84,
                            0x85,
                            0x86,
                            0x87,
                            0x88,
                            0x89,
                            0x8a,
                            0x8b,
                            0x8c,
                            0x8d,
                            0x8e,
                            Opcode.DUP16 -> {
                        int from = sp - ((opcode - Opcode.DUP1 + 1) << 2);
                        s[sp] = s[from];
                        s[sp + 1] = s[from + 1];
                        s[sp + 2] = s[from + 2];
                        s[sp + 3] = s[from + 3];
                        sp += 4;
                    }
                    case Opcode.SWAP1,
                            0x91,
                            0x92,
                            0x93,
                            0x94,
                            0x95,
                            0x96,
                            0x97,
                            0x98,
                            0x99,
                            0x9a,
                            0x9b,
                            0x9c,
                            0x9d,
                            0x9e,
                            Opcode.SWAP16 -> swap(s, sp - 4, sp - ((opcode - Opcode.SWAP1 + 2) << 2));
                    case Opcode.LOG0, Opcode.LOG1, Opcode.LOG2, Opcode.LOG3, Opcode.LOG4 -> {
                        int topics = opcode - Opcode.LOG0;
                        gas = Environment.log(f, topics, s, sp - 4, gas);
                        sp -= 8 + 4 * topics;
                        if (gas < 0) {
                            return f.halted();
                        }
                    }
                    case Opcode.CREATE,
                            Opcode.CREATE2,
                            Opcode.CALL,
                            Opcode.CALLCODE,
                            Opcode.DELEGATECALL,
                            Opcode.STATICCALL -> {
                        f.suspend(pc, sp, gas);
                        Exit exit = Calls.begin(f, opcode);
                        if (exit != Exit.DONE) {
                            return exit;
                        }
                        gas = f.gas;
                        sp = f.sp;
                        continue nextBlock;
                    }
                    case Opcode.RETURN, Opcode.REVERT -> {
                        gas = MemoryInstructions.output(f, s, sp - 4, gas);
                        return gas < 0 ? f.halted() : opcode == Opcode.RETURN ? f.done(gas) : f.reverted(gas);
                    }
                    case Opcode.SELFDESTRUCT -> {
                        gas = OtherAccounts.selfDestruct(f, s, sp - 4, gas);
                        return gas < 0 ? f.halted() : f.done(gas);
                    }
                    default -> {
                        return f.halted(HaltReason.INVALID_OPCODE);
                    }
                }
                pc++;
            }
        }
    }

    private static boolean isTarget(Code code, long[] s, int at) {
        return (s[at + 1] | s[at + 2] | s[at + 3]) == 0 && code.isJumpDestination(s[at]);
    }

    private static void push(long[] s, int at, long value) {
        s[at] = value;
        s[at + 1] = 0;
        s[at + 2] = 0;
        s[at + 3] = 0;
    }

    private static void swap(long[] s, int a, int b) {
        long w0 = s[a];
        long w1 = s[a + 1];
        long w2 = s[a + 2];
        long w3 = s[a + 3];
        s[a] = s[b];
        s[a + 1] = s[b + 1];
        s[a + 2] = s[b + 2];
        s[a + 3] = s[b + 3];
        s[b] = w0;
        s[b + 1] = w1;
        s[b + 2] = w2;
        s[b + 3] = w3;
    }
}
