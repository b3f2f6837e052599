// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.statemesh.evm.TransactionExecutor;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.crypto.SignatureRecovery;
import net.statemesh.evm.interpreter.BlockContext;
import net.statemesh.evm.interpreter.CodeCache;
import net.statemesh.evm.interpreter.Tracer;
import net.statemesh.evm.precompile.EthereumPrecompiles;
import net.statemesh.evm.precompile.Precompiles;
import net.statemesh.evm.rlp.RlpWriter;
import net.statemesh.evm.state.Account;
import net.statemesh.evm.state.InMemoryWorldState;
import net.statemesh.evm.state.Journal;
import net.statemesh.evm.state.Log;
import net.statemesh.evm.transaction.BlobBaseFee;
import net.statemesh.evm.transaction.InvalidTransactionException;
import net.statemesh.evm.transaction.SenderChecks;
import net.statemesh.evm.transaction.TransactionReader;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** One post-state of a state test: an environment, accounts, one signed transaction. */
record StateTestCase(JsonNode env, JsonNode pre, JsonNode post) {
    private static final long CHAIN_ID = 1;
    private static final long CODE_CACHE_BYTES = 1 << 24;
    private static final SenderChecks CHECKS = new SenderChecks(CHAIN_ID, true, SignatureRecovery.fastest());
    private static final Precompiles PRECOMPILES = EthereumPrecompiles.cancun();

    /** @param rejection null where the transaction was valid */
    record Outcome(Word stateRoot, Word logsHash, InvalidTransactionException rejection) {}

    Outcome run(Tracer tracer) {
        InMemoryWorldState world = world();
        Journal journal = new Journal(world);
        TransactionExecutor executor =
                new TransactionExecutor(journal, block(), CHECKS, PRECOMPILES, new CodeCache(CODE_CACHE_BYTES), tracer);
        List<Log> logs = List.of();
        InvalidTransactionException rejection = null;
        try {
            Bytes encoded = Bytes.ofHex(post.get("txbytes").asText());
            logs = executor.execute(TransactionReader.read(encoded)).logs();
        } catch (InvalidTransactionException e) {
            rejection = e;
        }
        journal.commit();
        RlpWriter content = new RlpWriter();
        logs.forEach(log -> log.encode(content));
        return new Outcome(world.root(), Keccak256.hash(content.toList()), rejection);
    }

    private InMemoryWorldState world() {
        InMemoryWorldState world = new InMemoryWorldState();
        for (Map.Entry<String, JsonNode> entry : pre.properties()) {
            Address address = Address.ofHex(entry.getKey());
            JsonNode account = entry.getValue();
            Bytes code = Bytes.ofHex(account.get("code").asText());
            Word codeHash = Keccak256.hash(code.shared());
            world.putCode(codeHash, code);
            world.putAccount(address, new Account(number(account, "nonce").w0(), number(account, "balance"), codeHash));
            for (Map.Entry<String, JsonNode> slot : account.get("storage").properties()) {
                world.putStorage(
                        address,
                        Word.ofHex(slot.getKey()),
                        Word.ofHex(slot.getValue().asText()));
            }
        }
        return world;
    }

    private BlockContext block() {
        Word excessBlobGas = env.has("currentExcessBlobGas") ? number(env, "currentExcessBlobGas") : Word.ZERO;
        return new BlockContext(
                number(env, "currentNumber").w0(),
                number(env, "currentTimestamp").w0(),
                Address.ofHex(env.get("currentCoinbase").asText()),
                number(env, "currentGasLimit").w0(),
                env.has("currentBaseFee") ? number(env, "currentBaseFee") : Word.of(10),
                env.has("currentRandom") ? number(env, "currentRandom") : Word.ZERO,
                BlobBaseFee.of(excessBlobGas.w0()),
                CHAIN_ID,
                number -> Keccak256.hash(Long.toString(number).getBytes(StandardCharsets.US_ASCII)));
    }

    private static Word number(JsonNode node, String field) {
        return Word.ofHex(node.get(field).asText());
    }
}
