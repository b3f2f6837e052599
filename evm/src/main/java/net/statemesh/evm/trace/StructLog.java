// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/**
 * One instruction that ran, as EIP-3155 and {@code debug_traceTransaction} show it: the machine before it, and what it cost.
 *
 * @param opcode 0 to 255
 * @param gas before the instruction
 * @param gasCost with the gas given to a call
 * @param depth 1 for the transaction's own call
 * @param stack top item last
 * @param memory empty unless asked for
 * @param storage of the account at hand: the slots that this call has read or written so far; filled at SLOAD and SSTORE
 */
public record StructLog(
        int pc,
        int opcode,
        long gas,
        long gasCost,
        int depth,
        List<Word> stack,
        Optional<Bytes> memory,
        Map<Word, Word> storage,
        long refund) {}
