// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.statemesh.evm.state.Log;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** What code asks about its call, its transaction and its block, and what it logs. */
final class Environment {
    private static final int BLOCK_HASHES = 256;

    private Environment() {}

    static void ofCall(Frame f, int opcode, long[] s, int at) {
        switch (opcode) {
            case Opcode.ADDRESS -> f.self.address().store(s, at);
            case Opcode.CALLER -> f.caller.store(s, at);
            case Opcode.CALLVALUE -> f.value.store(s, at);
            case Opcode.CALLDATASIZE -> set(s, at, f.inputEnd - f.inputStart);
            case Opcode.CODESIZE -> set(s, at, f.code.size);
            case Opcode.RETURNDATASIZE -> set(s, at, f.returnData.length);
            case Opcode.SELFBALANCE -> f.self.balance().store(s, at);
            case Opcode.ORIGIN -> f.machine.transaction().origin().store(s, at);
            default -> f.machine.transaction().gasPrice().store(s, at);
        }
    }

    static void ofBlock(Frame f, int opcode, long[] s, int at) {
        BlockContext block = f.machine.block();
        switch (opcode) {
            case Opcode.COINBASE -> block.coinbase().store(s, at);
            case Opcode.TIMESTAMP -> set(s, at, block.timestampSeconds());
            case Opcode.NUMBER -> set(s, at, block.number());
            case Opcode.PREVRANDAO -> block.prevRandao().store(s, at);
            case Opcode.GASLIMIT -> set(s, at, block.gasLimit());
            case Opcode.CHAINID -> set(s, at, block.chainId());
            case Opcode.BASEFEE -> block.baseFee().store(s, at);
            default -> block.blobBaseFee().store(s, at);
        }
    }

    static void callDataLoad(Frame f, long[] s, int at) {
        int available = f.inputEnd - f.inputStart;
        if ((s[at + 1] | s[at + 2] | s[at + 3]) != 0 || Long.compareUnsigned(s[at], available) >= 0) {
            Word.ZERO.store(s, at);
            return;
        }
        int offset = (int) s[at];
        int from = f.inputStart + offset;
        if (available - offset >= Word.BYTES) {
            Operands.push(f.input, from, Word.BYTES, s, at);
        } else {
            Word.read(Arrays.copyOf(Arrays.copyOfRange(f.input, from, f.inputEnd), Word.BYTES), 0)
                    .store(s, at);
        }
    }

    static void blockHash(Frame f, long[] s, int at) {
        long current = f.machine.block().number();
        long number = s[at];
        boolean isKnown = (s[at + 1] | s[at + 2] | s[at + 3]) == 0
                && number >= 0
                && number < current
                && number >= current - BLOCK_HASHES;
        Word hash = isKnown ? f.machine.block().blockHash().apply(number) : Word.ZERO;
        hash.store(s, at);
    }

    static void blobHash(Frame f, long[] s, int at) {
        List<Word> hashes = f.machine.transaction().blobHashes();
        boolean isThere = (s[at + 1] | s[at + 2] | s[at + 3]) == 0 && Long.compareUnsigned(s[at], hashes.size()) < 0;
        Word hash = isThere ? hashes.get((int) s[at]) : Word.ZERO;
        hash.store(s, at);
    }

    /** Stack: offset, length, topics. */
    static long log(Frame f, int topicCount, long[] s, int t, long gas) {
        if (f.isStatic) {
            return f.refuse(HaltReason.STATIC_VIOLATION);
        }
        long left = f.memory.reachRange(s, t, t - 4, gas);
        if (left < 0) {
            return left;
        }
        int length = (int) s[t - 4];
        left -= GasSchedule.LOG_BYTE * length;
        if (left < 0) {
            return left;
        }
        List<Word> topics = new ArrayList<>(topicCount);
        for (int i = 0; i < topicCount; i++) {
            topics.add(Word.load(s, t - 8 - 4 * i));
        }
        f.machine.log(new Log(f.self.address(), topics, Bytes.wrap(f.memory.copy(s[t], length))));
        return left;
    }

    private static void set(long[] s, int at, long value) {
        s[at] = value;
        s[at + 1] = 0;
        s[at + 2] = 0;
        s[at + 3] = 0;
    }
}
