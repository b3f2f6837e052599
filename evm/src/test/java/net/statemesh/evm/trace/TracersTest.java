// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.evm.Worlds;
import net.statemesh.evm.interpreter.CallKind;
import net.statemesh.evm.interpreter.HaltReason;
import net.statemesh.evm.interpreter.Opcode;
import net.statemesh.evm.interpreter.Tracer;
import net.statemesh.evm.state.InMemoryWorldState;
import net.statemesh.evm.state.Journal;
import net.statemesh.evm.trace.CallTracer.CallRecord;
import net.statemesh.evm.trace.StructLogTracer.Limits;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.junit.jupiter.api.Test;

class TracersTest {
    private static final Address OUTER = Address.ofHex("0x3000000000000000000000000000000000000003");
    private static final Address INNER = Address.ofHex("0x4000000000000000000000000000000000000004");
    /** SSTORE(1, SLOAD(0) + 5), then REVERT(0, 0). */
    private static final String WRITE_AND_REVERT = "5f546005016001555f5ffd";
    /** CALL(50000, INNER, 0, no data), POP, STOP. */
    private static final String CALL_INNER = "5f5f5f5f5f734000000000000000000000000000000000000004" + "61c350f15000";

    @Test
    void callTracerRecordsTheTree() throws Exception {
        CallTracer tracer = new CallTracer();
        run(tracer);
        CallRecord root = tracer.root().orElseThrow();
        assertThat(root.call().to()).isEqualTo(OUTER);
        assertThat(root.halt()).isEmpty();
        assertThat(root.inner()).singleElement().satisfies(inner -> {
            assertThat(inner.call().kind()).isEqualTo(CallKind.CALL);
            assertThat(inner.call().from()).isEqualTo(OUTER);
            assertThat(inner.call().to()).isEqualTo(INNER);
            assertThat(inner.call().gas()).isEqualTo(50_000);
            assertThat(inner.halt()).contains(HaltReason.REVERTED);
            assertThat(inner.gasUsed()).isBetween(22_000L, 25_000L);
        });
        assertThat(tracer.omitted()).isZero();
    }

    @Test
    void structLogsShowEachInstructionWithItsCost() throws Exception {
        StructLogTracer tracer = new StructLogTracer(new Limits(1000, true));
        run(tracer);
        List<StructLog> logs = tracer.logs();
        assertThat(logs.stream().map(log -> Opcode.name(log.opcode())))
                .containsExactly(
                        "PUSH0", "PUSH0", "PUSH0", "PUSH0", "PUSH0", "PUSH20", "PUSH2", "CALL", "PUSH0", "SLOAD",
                        "PUSH1", "ADD", "PUSH1", "SSTORE", "PUSH0", "PUSH0", "REVERT", "POP", "STOP");
        StructLog call = logs.get(7);
        assertThat(call.gasCost()).isEqualTo(2600 + 50_000);
        assertThat(call.depth()).isEqualTo(1);
        assertThat(call.stack().getLast()).isEqualTo(Word.of(50_000));
        StructLog load = logs.get(9);
        assertThat(load.gasCost()).isEqualTo(2100);
        assertThat(load.depth()).isEqualTo(2);
        assertThat(load.storage()).isEqualTo(Map.of(Word.ZERO, Word.of(7)));
        StructLog store = logs.get(13);
        assertThat(store.gasCost()).isEqualTo(2100 + 20_000);
        assertThat(store.storage()).isEqualTo(Map.of(Word.ZERO, Word.of(7), Word.ONE, Word.of(12)));
        assertThat(logs.get(17).gas()).isEqualTo(call.gas() - call.gasCost() + 50_000 - used(logs.subList(8, 17)));
    }

    @Test
    void structLogsStopAtTheLimit() throws Exception {
        StructLogTracer tracer = new StructLogTracer(new Limits(9, false));
        run(tracer);
        assertThat(tracer.logs()).hasSize(9);
        assertThat(tracer.isCutOff()).isTrue();
    }

    private static long used(List<StructLog> logs) {
        return logs.stream().mapToLong(StructLog::gasCost).sum();
    }

    private static void run(Tracer tracer) throws Exception {
        InMemoryWorldState world = Worlds.rich();
        Worlds.deploy(world, OUTER, Bytes.ofHex(CALL_INNER));
        Worlds.deploy(world, INNER, Bytes.ofHex(WRITE_AND_REVERT));
        world.putStorage(INNER, Word.ZERO, Word.of(7));
        Worlds.executor(new Journal(world), tracer)
                .execute(Worlds.transaction(0, Optional.of(OUTER), 0, Bytes.EMPTY, 200_000));
    }
}
