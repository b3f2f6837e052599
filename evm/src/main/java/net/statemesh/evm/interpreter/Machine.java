// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.statemesh.evm.precompile.Precompiles;
import net.statemesh.evm.state.AccountState;
import net.statemesh.evm.state.Journal;
import net.statemesh.evm.state.Log;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of a block's transactions one after the other. Calls inside calls are frames on a stack of its own, so that their depth does
 * not depend on the thread's stack. One thread at a time.
 */
public final class Machine {
    /** Deepest call; the transaction's own has depth 0. */
    static final int MAX_DEPTH = 1024;

    private final Journal journal;
    private final BlockContext block;
    private final Precompiles precompiles;
    private final CodeCache codes;
    private final Interpreter interpreter = new Interpreter();
    private final List<Frame> frames = new ArrayList<>();
    private final List<Log> logs = new ArrayList<>();
    private final CallTracing tracing;
    private TransactionContext transaction = new TransactionContext(Address.ZERO, Word.ZERO, List.of());

    /** @param tracer hears of everything; null for speed */
    public Machine(
            Journal journal, BlockContext block, Precompiles precompiles, CodeCache codes, @Nullable Tracer tracer) {
        this.journal = journal;
        this.block = block;
        this.precompiles = precompiles;
        this.codes = codes;
        tracing = new CallTracing(this, tracer);
    }

    /** Runs a call whose intrinsic gas is paid, and whose sender's nonce is raised already. */
    public CallResult run(Message message, TransactionContext context) {
        transaction = context;
        logs.clear();
        Frame top = frame(0);
        Exit exit = message.to().isPresent()
                ? Calls.beginTop(top, message, message.to().get())
                : Creations.beginTop(top, message);
        if (exit == Exit.CALLED) {
            exit = runFrames(top);
        }
        if (exit != Exit.DONE) {
            undo(top);
        }
        tracing.exit(top);
        boolean isCreated = exit == Exit.DONE && message.to().isEmpty();
        return new CallResult(
                Optional.ofNullable(top.halt),
                Bytes.wrap(top.output),
                top.gas,
                top.refund,
                List.copyOf(logs),
                isCreated ? Optional.of(top.self.address()) : Optional.empty());
    }

    private Exit runFrames(Frame top) {
        Frame running = top;
        while (true) {
            Exit exit = interpreter.run(running, tracing.steps());
            if (exit == Exit.CALLED) {
                running = frame(running.depth + 1);
                continue;
            }
            if (exit == Exit.DONE && running.kind.isCreation()) {
                exit = Creations.deposit(running);
            }
            if (running == top) {
                return exit;
            }
            Frame caller = frame(running.depth - 1);
            if (exit == Exit.DONE) {
                caller.refund += running.refund;
            } else {
                undo(running);
            }
            tracing.exit(running);
            resume(caller, running, exit);
            running = caller;
        }
    }

    /** Gives the caller the result of the call it is waiting for. */
    private static void resume(Frame caller, Frame callee, Exit exit) {
        caller.gas += callee.gas;
        boolean isCreation = callee.kind.isCreation();
        if (exit == Exit.HALTED || (isCreation && exit == Exit.DONE)) {
            caller.returnData = Frame.NO_BYTES;
        } else {
            caller.returnData = callee.output;
            caller.memory.copyResult(caller.resultOffset, caller.resultLength, callee.output);
        }
        if (exit != Exit.DONE) {
            caller.push(Word.ZERO);
        } else {
            caller.push(isCreation ? callee.self.address().toWord() : Word.ONE);
        }
    }

    private void undo(Frame frame) {
        journal.revertTo(frame.snapshot);
        logs.subList(frame.logCount, logs.size()).clear();
        frame.refund = 0;
    }

    Frame frame(int depth) {
        while (frames.size() <= depth) {
            frames.add(new Frame(this, frames.size(), journal.account(Address.ZERO)));
        }
        return frames.get(depth);
    }

    /** Refunds that the frames down to this one have gathered so far. */
    long refund(int depth) {
        long sum = 0;
        for (int i = 0; i <= depth; i++) {
            sum += frames.get(i).refund;
        }
        return sum;
    }

    Code code(AccountState account) {
        return codes.get(account.codeHash(), journal.code(account));
    }

    Journal journal() {
        return journal;
    }

    BlockContext block() {
        return block;
    }

    TransactionContext transaction() {
        return transaction;
    }

    Precompiles precompiles() {
        return precompiles;
    }

    CallTracing tracing() {
        return tracing;
    }

    void log(Log log) {
        logs.add(log);
    }

    int logCount() {
        return logs.size();
    }
}
