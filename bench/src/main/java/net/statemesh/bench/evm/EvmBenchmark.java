// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.evm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.anvil.Anvil;
import net.statemesh.anvil.AnvilBlock;
import net.statemesh.anvil.UnsignedTransactions;
import net.statemesh.bench.Benchmark;
import net.statemesh.bench.Figures;
import net.statemesh.bench.ThreadCost;
import net.statemesh.evm.TransactionExecutor;
import net.statemesh.evm.TransactionResult;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.interpreter.BlockContext;
import net.statemesh.evm.interpreter.CodeCache;
import net.statemesh.evm.precompile.EthereumPrecompiles;
import net.statemesh.evm.precompile.Precompiles;
import net.statemesh.evm.state.Account;
import net.statemesh.evm.state.InMemoryWorldState;
import net.statemesh.evm.state.Journal;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/**
 * Blocks of the same transactions, executed by evm and by anvil in turns: gas by CPU time, from the first transaction to the state root.
 * Signatures are checked by neither.
 */
public final class EvmBenchmark implements Benchmark {
    private static final int WARM_UP_ROUNDS = 8;
    private static final int ROUNDS = 7;
    private static final long GAS_PRICE = 1_000_000_000_000L;
    private static final long CODE_CACHE_BYTES = 1 << 24;
    private static final double MILLION = 1e6;
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache/statemesh");

    private final Precompiles precompiles = EthereumPrecompiles.cancun();
    private final CodeCache codes = new CodeCache(CODE_CACHE_BYTES);
    private final InMemoryWorldState world = new InMemoryWorldState();
    private final Map<Long, Word> hashes = new HashMap<>();
    private long nonce;

    private record Cost(long gas, double ourSeconds, double theirSeconds) {}

    @Override
    public String name() {
        return "evm";
    }

    @Override
    public void run(Figures out) throws Exception {
        world.putAccount(Anvil.SENDER, new Account(0, Anvil.SENDER_BALANCE, Keccak256.EMPTY));
        try (Anvil anvil = Anvil.start(CACHE)) {
            for (Workload workload : Workload.all()) {
                measure(out, anvil, workload);
            }
        }
    }

    private void measure(Figures out, Anvil anvil, Workload workload) throws Exception {
        Bytes code = workload.code();
        Word codeHash = Keccak256.hash(code.shared());
        world.putCode(codeHash, code);
        world.putAccount(workload.address(), new Account(0, Word.ZERO, codeHash));
        anvil.calls(List.of(Anvil.setCode(workload.address(), code)));
        if (!workload.setUp().isEmpty()) {
            block(anvil, workload, workload.setUp());
        }
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
            Cost cost = block(anvil, workload, workload.rounds().data(round));
            if (round >= WARM_UP_ROUNDS) {
                int i = round - WARM_UP_ROUNDS;
                ours[i] = cost.gas / cost.ourSeconds / MILLION;
                theirs[i] = cost.gas / cost.theirSeconds / MILLION;
                ratios[i] = ours[i] / theirs[i];
            }
        }
        String name = "evm-" + workload.name();
        out.figure(name, median(ours), "Mgas/s");
        out.figure(name + "-anvil", median(theirs), "Mgas/s");
        out.ratio(name + "-to-anvil", median(ratios));
    }

    private Cost block(Anvil anvil, Workload workload, List<Bytes> data) throws Exception {
        List<Anvil.Call> calls = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            calls.add(Anvil.send(nonce + i, workload.address(), Word.ZERO, data.get(i), workload.gas(), GAS_PRICE));
        }
        anvil.calls(calls);
        double before = anvil.cpuSeconds();
        anvil.call("evm_mine");
        double theirSeconds = anvil.cpuSeconds() - before;
        JsonNode block = anvil.call("eth_getBlockByNumber", "latest", false);
        BlockContext context = AnvilBlock.context(block, hashes);
        long start = ThreadCost.cpuNanos();
        long gas = execute(context, workload, data);
        double ourSeconds = (ThreadCost.cpuNanos() - start) / 1e9;
        hashes.put(context.number(), AnvilBlock.number(block, "hash"));
        long theirGas = AnvilBlock.number(block, "gasUsed").w0();
        if (gas != theirGas) {
            throw new IllegalStateException(workload.name() + ": evm used " + gas + " gas, anvil " + theirGas);
        }
        return new Cost(gas, ourSeconds, theirSeconds);
    }

    private long execute(BlockContext context, Workload workload, List<Bytes> data) throws Exception {
        Journal journal = new Journal(world);
        TransactionExecutor executor =
                new TransactionExecutor(journal, context, UnsignedTransactions.checks(), precompiles, codes, null);
        long gas = 0;
        for (Bytes each : data) {
            TransactionResult result = executor.execute(
                    UnsignedTransactions.of(nonce++, workload.address(), Word.ZERO, each, workload.gas(), GAS_PRICE));
            if (!result.isSuccess()) {
                throw new IllegalStateException(workload.name() + ": a transaction failed: " + result.halt());
            }
            gas += result.gasUsed();
        }
        journal.commit();
        world.root();
        return gas;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
