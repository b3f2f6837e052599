// SPDX-License-Identifier: Apache-2.0
package net.statemesh.anvil;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;

/** Writes programs that get somewhere: operands are pushed for most instructions, jumps mostly land, some bytes are noise. */
final class RandomProgram {
    /** Storage keys are below this, but for noise. */
    static final int SLOTS = 3;

    private static final int MAX_PIECES = 40;
    private static final int STOP = 0x00;
    private static final int ADD = 0x01;
    private static final int SIGNEXTEND = 0x0b;
    private static final int LT = 0x10;
    private static final int SAR = 0x1d;
    private static final int KECCAK256 = 0x20;
    private static final int CALLDATALOAD = 0x35;
    private static final int NUMBER = 0x43;
    private static final int SUB = 0x03;
    private static final int BLOCKHASH = 0x40;
    private static final int MLOAD = 0x51;
    private static final int MSTORE = 0x52;
    private static final int SLOAD = 0x54;
    private static final int SSTORE = 0x55;
    private static final int JUMPI = 0x57;
    private static final int JUMPDEST = 0x5b;
    private static final int TLOAD = 0x5c;
    private static final int TSTORE = 0x5d;
    private static final int MCOPY = 0x5e;
    private static final int PUSH0 = 0x5f;
    private static final int PUSH1 = 0x60;
    private static final int DUP1 = 0x80;
    private static final int SWAP1 = 0x90;
    private static final int LOG0 = 0xa0;
    private static final int CREATE = 0xf0;
    private static final int CREATE2 = 0xf5;
    private static final int RETURN = 0xf3;
    private static final int REVERT = 0xfd;
    private static final int SELFDESTRUCT = 0xff;
    private static final int[] CALLS = {0xf1, 0xf2, 0xf4, 0xfa};
    private static final int[] COPIES = {0x37, 0x39};
    private static final int RETURNDATASIZE = 0x3d;
    private static final int RETURNDATACOPY = 0x3e;
    private static final int[] ENVIRONMENT = {
        0x30, 0x32, 0x33, 0x34, 0x36, 0x38, 0x3a, 0x3d, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x4a, 0x58,
        0x59, 0x5a
    };
    private static final int[] OF_ACCOUNT = {0x31, 0x3b, 0x3f};

    private final Random random;
    private final List<Address> neighbours;
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    private RandomProgram(Random random, List<Address> neighbours) {
        this.random = random;
        this.neighbours = neighbours;
    }

    /** A program that may call its neighbours, precompiles and accounts that do not exist. */
    static Bytes write(Random random, List<Address> neighbours) {
        RandomProgram program = new RandomProgram(random, neighbours);
        int pieces = 1 + random.nextInt(MAX_PIECES);
        for (int i = 0; i < pieces; i++) {
            program.piece();
        }
        program.end();
        return Bytes.wrap(program.code.toByteArray());
    }

    private void piece() {
        switch (random.nextInt(24)) {
            case 0, 1, 2 -> operands(2, ADD + random.nextInt(SIGNEXTEND));
            case 3, 4 -> operands(2, LT + random.nextInt(SAR - LT + 1));
            case 5 -> operands(3, 0x08 + random.nextInt(2));
            case 6, 7 -> emit(pick(ENVIRONMENT));
            case 8 -> {
                word();
                small();
                emit(MSTORE + random.nextInt(2));
            }
            case 9 -> {
                small();
                emit(random.nextBoolean() ? MLOAD : CALLDATALOAD);
            }
            case 10 -> range(KECCAK256);
            case 11 -> {
                small();
                small();
                small();
                emit(random.nextInt(4) == 0 ? MCOPY : pick(COPIES));
                if (random.nextInt(4) == 0) {
                    emit(RETURNDATASIZE);
                    emit(PUSH0);
                    emit(PUSH0);
                    emit(RETURNDATACOPY);
                }
            }
            case 12, 13, 14 -> storage();
            case 15 -> {
                address();
                emit(pick(OF_ACCOUNT));
            }
            case 16 -> log();
            case 17, 18 -> call();
            case 19 -> create();
            case 20 -> {
                word();
                word();
                emit(random.nextInt(8) == 0 ? DUP1 + random.nextInt(32) : random.nextBoolean() ? DUP1 + 1 : SWAP1);
            }
            case 21 -> jump();
            case 22 -> {
                push(random.nextInt(4));
                emit(NUMBER);
                emit(SUB);
                emit(BLOCKHASH);
            }
            default -> rare();
        }
    }

    private void rare() {
        switch (random.nextInt(12)) {
            case 0 -> emit(random.nextInt(256));
            case 1 -> {
                small();
                small();
                small();
                emit(RETURNDATACOPY);
            }
            case 2 -> {
                address();
                emit(SELFDESTRUCT);
            }
            case 3 -> range(random.nextBoolean() ? RETURN : REVERT);
            case 4 -> {
                small();
                small();
                small();
                address();
                emit(0x3c);
            }
            default -> word();
        }
    }

    private void end() {
        switch (random.nextInt(6)) {
            case 0 -> range(REVERT);
            case 1 -> emit(STOP);
            default -> range(RETURN);
        }
    }

    private void storage() {
        boolean writes = random.nextInt(3) > 0;
        boolean lasts = random.nextInt(4) > 0;
        if (writes) {
            push(random.nextInt(3));
        }
        push(random.nextInt(SLOTS));
        emit(lasts ? (writes ? SSTORE : SLOAD) : (writes ? TSTORE : TLOAD));
    }

    private void log() {
        int topics = random.nextInt(5);
        for (int i = 0; i < topics; i++) {
            word();
        }
        range(LOG0 + topics);
    }

    private void call() {
        int opcode = pick(CALLS);
        small();
        small();
        small();
        small();
        if (opcode == CALLS[0] || opcode == CALLS[1]) {
            push(random.nextInt(3) == 0 ? random.nextInt(1000) : 0);
        }
        address();
        if (random.nextInt(3) == 0) {
            emit(0x5a);
        } else {
            push(random.nextInt(60_000));
        }
        emit(opcode);
    }

    /** Init code of up to 32 bytes from the end of a word. */
    private void create() {
        byte[] init = new byte[1 + random.nextInt(24)];
        if (random.nextBoolean()) {
            random.nextBytes(init);
        } else {
            init = new byte[] {
                PUSH1, (byte) random.nextInt(40), PUSH0, (byte) (random.nextInt(5) == 0 ? REVERT : RETURN)
            };
        }
        emit(PUSH0 + init.length);
        code.writeBytes(init);
        emit(PUSH0);
        emit(MSTORE);
        boolean isSalted = random.nextBoolean();
        if (isSalted) {
            push(random.nextInt(3));
        }
        push(init.length);
        push(32 - init.length);
        push(random.nextInt(4) == 0 ? 5 : 0);
        emit(isSalted ? CREATE2 : CREATE);
    }

    /** Over some noise to a JUMPDEST, or one byte beside it. */
    private void jump() {
        push(random.nextInt(2));
        int noise = random.nextInt(6);
        int target = code.size() + 3 + 1 + noise + (random.nextInt(10) == 0 ? 1 : 0);
        emit(PUSH1 + 1);
        emit(target >>> 8);
        emit(target);
        emit(JUMPI);
        for (int i = 0; i < noise; i++) {
            emit(random.nextInt(0x60));
        }
        emit(JUMPDEST);
    }

    private void operands(int count, int opcode) {
        for (int i = 0; i < count; i++) {
            word();
        }
        emit(opcode);
    }

    private void range(int opcode) {
        push(random.nextInt(100));
        small();
        emit(opcode);
    }

    private void small() {
        push(random.nextInt(500) == 0 ? random.nextInt(1 << 20) : random.nextInt(200));
    }

    private void address() {
        switch (random.nextInt(5)) {
            case 0 -> push(random.nextInt(12));
            case 1 -> emit(0x30);
            case 2 -> word();
            default -> {
                emit(PUSH0 + Address.BYTES);
                code.writeBytes(
                        neighbours.get(random.nextInt(neighbours.size())).toBytes());
            }
        }
    }

    private void word() {
        int length = random.nextInt(3) == 0 ? 1 : random.nextInt(33);
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (random.nextInt(8) == 0) {
            Arrays.fill(bytes, (byte) 0xff);
        }
        emit(PUSH0 + length);
        code.writeBytes(bytes);
    }

    private void push(int value) {
        int length = (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 7) / 8;
        emit(PUSH0 + length);
        for (int i = length - 1; i >= 0; i--) {
            emit(value >>> (8 * i));
        }
    }

    private int pick(int[] from) {
        return from[random.nextInt(from.length)];
    }

    private void emit(int value) {
        code.write(value);
    }
}
