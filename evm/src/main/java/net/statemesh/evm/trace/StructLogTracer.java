// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.evm.interpreter.HaltReason;
import net.statemesh.evm.interpreter.Opcode;
import net.statemesh.evm.interpreter.Tracer;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** Records every instruction of one transaction. */
public final class StructLogTracer implements Tracer {
    /**
     * How much to record.
     *
     * @param maxSteps instructions after which no more are recorded
     * @param withMemory a copy of the memory for each
     */
    public record Limits(int maxSteps, boolean withMemory) {}

    /** A call that runs: the slots it has touched, and the instruction whose cost is not known yet. */
    private static final class Running {
        final Map<Word, Word> storage = new HashMap<>();
        final long gasGiven;
        int pending = NONE;
        long pendingGas;

        Running(long gasGiven) {
            this.gasGiven = gasGiven;
        }
    }

    private static final int NONE = -1;

    private final Limits limits;
    private final List<StructLog> logs = new ArrayList<>();
    private final Deque<Running> running = new ArrayDeque<>();
    private @Nullable Word slotBeingRead;
    private boolean isCutOff;

    public StructLogTracer(Limits limits) {
        this.limits = limits;
    }

    public List<StructLog> logs() {
        return List.copyOf(logs);
    }

    /** Whether there were more instructions than the limit. */
    public boolean isCutOff() {
        return isCutOff;
    }

    @Override
    public boolean wantsSteps() {
        return true;
    }

    @Override
    public void enter(Call call, long callerGas) {
        Running caller = running.peek();
        if (caller != null) {
            settle(caller, callerGas);
        }
        running.push(new Running(call.gas()));
    }

    @Override
    public void exit(Bytes output, long gasUsed, @Nullable HaltReason halt) {
        Running ended = running.pop();
        settle(ended, ended.gasGiven - gasUsed);
        slotBeingRead = null;
    }

    @Override
    public void step(Step step) {
        Running call = running.element();
        settle(call, step.gas());
        Word read = slotBeingRead;
        if (read != null) {
            call.storage.put(read, step.stackItem(0));
            StructLog last = logs.getLast();
            logs.set(logs.size() - 1, withStorage(last, call.storage));
            slotBeingRead = null;
        }
        if (logs.size() == limits.maxSteps()) {
            isCutOff = true;
            return;
        }
        boolean isWrite = isStorageWrite(step);
        if (isWrite) {
            call.storage.put(step.stackItem(0), step.stackItem(1));
        }
        call.pending = logs.size();
        call.pendingGas = step.gas();
        logs.add(new StructLog(
                step.pc(),
                step.opcode(),
                step.gas(),
                0,
                step.depth() + 1,
                stack(step),
                limits.withMemory() ? Optional.of(step.memory()) : Optional.empty(),
                isWrite ? Map.copyOf(call.storage) : Map.of(),
                step.refund()));
        slotBeingRead = isStorageRead(step) ? step.stackItem(0) : null;
    }

    /** The latest instruction of a call has cost what is missing now. */
    private void settle(Running call, long gasNow) {
        if (call.pending != NONE) {
            StructLog log = logs.get(call.pending);
            logs.set(call.pending, withCost(log, call.pendingGas - gasNow));
            call.pending = NONE;
        }
    }

    private static boolean isStorageRead(Step step) {
        return Opcode.name(step.opcode()).equals("SLOAD") && step.stackSize() > 0;
    }

    private static boolean isStorageWrite(Step step) {
        return Opcode.name(step.opcode()).equals("SSTORE") && step.stackSize() > 1;
    }

    private static List<Word> stack(Step step) {
        List<Word> items = new ArrayList<>(step.stackSize());
        for (int fromTop = step.stackSize() - 1; fromTop >= 0; fromTop--) {
            items.add(step.stackItem(fromTop));
        }
        return List.copyOf(items);
    }

    private static StructLog withCost(StructLog log, long cost) {
        return new StructLog(
                log.pc(),
                log.opcode(),
                log.gas(),
                cost,
                log.depth(),
                log.stack(),
                log.memory(),
                log.storage(),
                log.refund());
    }

    private static StructLog withStorage(StructLog log, Map<Word, Word> storage) {
        return new StructLog(
                log.pc(),
                log.opcode(),
                log.gas(),
                log.gasCost(),
                log.depth(),
                log.stack(),
                log.memory(),
                Map.copyOf(storage),
                log.refund());
    }
}
