// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.Arrays;

/**
 * The instructions: their bytes, names, static gas, and how many items they take from and leave on the stack. Dynamic gas (memory, cold
 * access, copies) is charged where the instruction is carried out.
 */
public final class Opcode {
    static final int STOP = 0x00;
    static final int ADD = 0x01;
    static final int MUL = 0x02;
    static final int SUB = 0x03;
    static final int DIV = 0x04;
    static final int SDIV = 0x05;
    static final int MOD = 0x06;
    static final int SMOD = 0x07;
    static final int ADDMOD = 0x08;
    static final int MULMOD = 0x09;
    static final int EXP = 0x0a;
    static final int SIGNEXTEND = 0x0b;
    static final int LT = 0x10;
    static final int GT = 0x11;
    static final int SLT = 0x12;
    static final int SGT = 0x13;
    static final int EQ = 0x14;
    static final int ISZERO = 0x15;
    static final int AND = 0x16;
    static final int OR = 0x17;
    static final int XOR = 0x18;
    static final int NOT = 0x19;
    static final int BYTE = 0x1a;
    static final int SHL = 0x1b;
    static final int SHR = 0x1c;
    static final int SAR = 0x1d;
    static final int KECCAK256 = 0x20;
    static final int ADDRESS = 0x30;
    static final int BALANCE = 0x31;
    static final int ORIGIN = 0x32;
    static final int CALLER = 0x33;
    static final int CALLVALUE = 0x34;
    static final int CALLDATALOAD = 0x35;
    static final int CALLDATASIZE = 0x36;
    static final int CALLDATACOPY = 0x37;
    static final int CODESIZE = 0x38;
    static final int CODECOPY = 0x39;
    static final int GASPRICE = 0x3a;
    static final int EXTCODESIZE = 0x3b;
    static final int EXTCODECOPY = 0x3c;
    static final int RETURNDATASIZE = 0x3d;
    static final int RETURNDATACOPY = 0x3e;
    static final int EXTCODEHASH = 0x3f;
    static final int BLOCKHASH = 0x40;
    static final int COINBASE = 0x41;
    static final int TIMESTAMP = 0x42;
    static final int NUMBER = 0x43;
    static final int PREVRANDAO = 0x44;
    static final int GASLIMIT = 0x45;
    static final int CHAINID = 0x46;
    static final int SELFBALANCE = 0x47;
    static final int BASEFEE = 0x48;
    static final int BLOBHASH = 0x49;
    static final int BLOBBASEFEE = 0x4a;
    static final int POP = 0x50;
    static final int MLOAD = 0x51;
    static final int MSTORE = 0x52;
    static final int MSTORE8 = 0x53;
    static final int SLOAD = 0x54;
    static final int SSTORE = 0x55;
    static final int JUMP = 0x56;
    static final int JUMPI = 0x57;
    static final int PC = 0x58;
    static final int MSIZE = 0x59;
    static final int GAS = 0x5a;
    static final int JUMPDEST = 0x5b;
    static final int TLOAD = 0x5c;
    static final int TSTORE = 0x5d;
    static final int MCOPY = 0x5e;
    static final int PUSH0 = 0x5f;
    static final int PUSH1 = 0x60;
    static final int PUSH2 = 0x61;
    static final int PUSH32 = 0x7f;
    static final int DUP1 = 0x80;
    static final int DUP16 = 0x8f;
    static final int SWAP1 = 0x90;
    static final int SWAP16 = 0x9f;
    static final int LOG0 = 0xa0;
    static final int LOG1 = 0xa1;
    static final int LOG2 = 0xa2;
    static final int LOG3 = 0xa3;
    static final int LOG4 = 0xa4;
    static final int CREATE = 0xf0;
    static final int CALL = 0xf1;
    static final int CALLCODE = 0xf2;
    static final int RETURN = 0xf3;
    static final int DELEGATECALL = 0xf4;
    static final int CREATE2 = 0xf5;
    static final int STATICCALL = 0xfa;
    static final int REVERT = 0xfd;
    static final int INVALID = 0xfe;
    static final int SELFDESTRUCT = 0xff;

    private static final int COUNT = 256;
    private static final String UNDEFINED = "INVALID";
    private static final String[] NAMES = new String[COUNT];
    private static final short[] STATIC_GAS = new short[COUNT];
    private static final byte[] TAKES = new byte[COUNT];
    private static final byte[] LEAVES = new byte[COUNT];

    static {
        Arrays.fill(NAMES, UNDEFINED);
        defineArithmetic();
        defineEnvironment();
        defineMemoryStorageAndFlow();
        defineCalls();
        for (int n = 1; n <= 32; n++) {
            define(PUSH0 + n, "PUSH" + n, 3, 0, 1);
        }
        for (int n = 1; n <= 16; n++) {
            define(DUP1 - 1 + n, "DUP" + n, 3, n, n + 1);
            define(SWAP1 - 1 + n, "SWAP" + n, 3, n + 1, n + 1);
        }
    }

    private Opcode() {}

    /** The name of an opcode, 0 to 255; INVALID where there is none. */
    public static String name(int opcode) {
        return NAMES[opcode];
    }

    static boolean isDefined(int opcode) {
        return opcode == INVALID || !NAMES[opcode].equals(UNDEFINED);
    }

    static int staticGas(int opcode) {
        return STATIC_GAS[opcode];
    }

    static int takes(int opcode) {
        return TAKES[opcode];
    }

    static int leaves(int opcode) {
        return LEAVES[opcode];
    }

    /** Bytes of the operand that follows in the code. */
    static int operandBytes(int opcode) {
        return opcode > PUSH0 && opcode <= PUSH32 ? opcode - PUSH0 : 0;
    }

    private static void defineArithmetic() {
        define(STOP, "STOP", 0, 0, 0);
        define(ADD, "ADD", 3, 2, 1);
        define(MUL, "MUL", 5, 2, 1);
        define(SUB, "SUB", 3, 2, 1);
        define(DIV, "DIV", 5, 2, 1);
        define(SDIV, "SDIV", 5, 2, 1);
        define(MOD, "MOD", 5, 2, 1);
        define(SMOD, "SMOD", 5, 2, 1);
        define(ADDMOD, "ADDMOD", 8, 3, 1);
        define(MULMOD, "MULMOD", 8, 3, 1);
        define(EXP, "EXP", 10, 2, 1);
        define(SIGNEXTEND, "SIGNEXTEND", 5, 2, 1);
        define(LT, "LT", 3, 2, 1);
        define(GT, "GT", 3, 2, 1);
        define(SLT, "SLT", 3, 2, 1);
        define(SGT, "SGT", 3, 2, 1);
        define(EQ, "EQ", 3, 2, 1);
        define(ISZERO, "ISZERO", 3, 1, 1);
        define(AND, "AND", 3, 2, 1);
        define(OR, "OR", 3, 2, 1);
        define(XOR, "XOR", 3, 2, 1);
        define(NOT, "NOT", 3, 1, 1);
        define(BYTE, "BYTE", 3, 2, 1);
        define(SHL, "SHL", 3, 2, 1);
        define(SHR, "SHR", 3, 2, 1);
        define(SAR, "SAR", 3, 2, 1);
        define(KECCAK256, "KECCAK256", 30, 2, 1);
    }

    private static void defineEnvironment() {
        define(ADDRESS, "ADDRESS", 2, 0, 1);
        define(BALANCE, "BALANCE", 100, 1, 1);
        define(ORIGIN, "ORIGIN", 2, 0, 1);
        define(CALLER, "CALLER", 2, 0, 1);
        define(CALLVALUE, "CALLVALUE", 2, 0, 1);
        define(CALLDATALOAD, "CALLDATALOAD", 3, 1, 1);
        define(CALLDATASIZE, "CALLDATASIZE", 2, 0, 1);
        define(CALLDATACOPY, "CALLDATACOPY", 3, 3, 0);
        define(CODESIZE, "CODESIZE", 2, 0, 1);
        define(CODECOPY, "CODECOPY", 3, 3, 0);
        define(GASPRICE, "GASPRICE", 2, 0, 1);
        define(EXTCODESIZE, "EXTCODESIZE", 100, 1, 1);
        define(EXTCODECOPY, "EXTCODECOPY", 100, 4, 0);
        define(RETURNDATASIZE, "RETURNDATASIZE", 2, 0, 1);
        define(RETURNDATACOPY, "RETURNDATACOPY", 3, 3, 0);
        define(EXTCODEHASH, "EXTCODEHASH", 100, 1, 1);
        define(BLOCKHASH, "BLOCKHASH", 20, 1, 1);
        define(COINBASE, "COINBASE", 2, 0, 1);
        define(TIMESTAMP, "TIMESTAMP", 2, 0, 1);
        define(NUMBER, "NUMBER", 2, 0, 1);
        define(PREVRANDAO, "PREVRANDAO", 2, 0, 1);
        define(GASLIMIT, "GASLIMIT", 2, 0, 1);
        define(CHAINID, "CHAINID", 2, 0, 1);
        define(SELFBALANCE, "SELFBALANCE", 5, 0, 1);
        define(BASEFEE, "BASEFEE", 2, 0, 1);
        define(BLOBHASH, "BLOBHASH", 3, 1, 1);
        define(BLOBBASEFEE, "BLOBBASEFEE", 2, 0, 1);
    }

    private static void defineMemoryStorageAndFlow() {
        define(POP, "POP", 2, 1, 0);
        define(MLOAD, "MLOAD", 3, 1, 1);
        define(MSTORE, "MSTORE", 3, 2, 0);
        define(MSTORE8, "MSTORE8", 3, 2, 0);
        define(SLOAD, "SLOAD", 100, 1, 1);
        define(SSTORE, "SSTORE", 0, 2, 0);
        define(JUMP, "JUMP", 8, 1, 0);
        define(JUMPI, "JUMPI", 10, 2, 0);
        define(PC, "PC", 2, 0, 1);
        define(MSIZE, "MSIZE", 2, 0, 1);
        define(GAS, "GAS", 2, 0, 1);
        define(JUMPDEST, "JUMPDEST", 1, 0, 0);
        define(TLOAD, "TLOAD", 100, 1, 1);
        define(TSTORE, "TSTORE", 100, 2, 0);
        define(MCOPY, "MCOPY", 3, 3, 0);
        define(PUSH0, "PUSH0", 2, 0, 1);
    }

    private static void defineCalls() {
        define(LOG0, "LOG0", 375, 2, 0);
        define(LOG1, "LOG1", 750, 3, 0);
        define(LOG2, "LOG2", 1125, 4, 0);
        define(LOG3, "LOG3", 1500, 5, 0);
        define(LOG4, "LOG4", 1875, 6, 0);
        define(CREATE, "CREATE", 32000, 3, 1);
        define(CALL, "CALL", 100, 7, 1);
        define(CALLCODE, "CALLCODE", 100, 7, 1);
        define(RETURN, "RETURN", 0, 2, 0);
        define(DELEGATECALL, "DELEGATECALL", 100, 6, 1);
        define(CREATE2, "CREATE2", 32000, 4, 1);
        define(STATICCALL, "STATICCALL", 100, 6, 1);
        define(REVERT, "REVERT", 0, 2, 0);
        define(INVALID, "INVALID", 0, 0, 0);
        define(SELFDESTRUCT, "SELFDESTRUCT", 5000, 1, 0);
    }

    private static void define(int opcode, String name, int staticGas, int takes, int leaves) {
        NAMES[opcode] = name;
        STATIC_GAS[opcode] = (short) staticGas;
        TAKES[opcode] = (byte) takes;
        LEAVES[opcode] = (byte) leaves;
    }
}
