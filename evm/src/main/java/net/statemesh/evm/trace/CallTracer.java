// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import net.statemesh.evm.interpreter.HaltReason;
import net.statemesh.evm.interpreter.Tracer;
import net.statemesh.evm.type.Bytes;
import org.jspecify.annotations.Nullable;

/** Records the tree of calls of one transaction, as {@code debug_traceTransaction} with {@code callTracer} shows it. */
public final class CallTracer implements Tracer {
    /** Calls that are recorded; those beyond it are run, and counted in {@link #omitted}. */
    public static final int MAX_CALLS = 100_000;

    /**
     * One call with the calls it made.
     *
     * @param halt empty after success
     */
    public record CallRecord(
            Call call, long gasUsed, Bytes output, Optional<HaltReason> halt, List<CallRecord> inner) {}

    private static final class Open {
        final Call call;
        final List<CallRecord> inner = new ArrayList<>();

        Open(Call call) {
            this.call = call;
        }
    }

    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable CallRecord root;
    private int count;

    /** The transaction's own call; empty before it has ended. */
    public Optional<CallRecord> root() {
        return Optional.ofNullable(root);
    }

    /** Calls that were too many to be recorded. */
    public int omitted() {
        return Math.max(0, count - MAX_CALLS);
    }

    @Override
    public boolean wantsSteps() {
        return false;
    }

    @Override
    public void step(Step step) {
        // single instructions are of no interest
    }

    @Override
    public void enter(Call call, long callerGas) {
        if (open.isEmpty()) {
            count = 0;
        }
        count++;
        open.push(new Open(call));
    }

    @Override
    public void exit(Bytes output, long gasUsed, @Nullable HaltReason halt) {
        Open ended = open.pop();
        CallRecord record =
                new CallRecord(ended.call, gasUsed, output, Optional.ofNullable(halt), List.copyOf(ended.inner));
        Open caller = open.peek();
        if (caller == null) {
            root = record;
        } else if (count <= MAX_CALLS) {
            caller.inner.add(record);
        }
    }
}
