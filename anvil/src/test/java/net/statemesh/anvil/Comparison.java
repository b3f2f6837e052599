// SPDX-License-Identifier: Apache-2.0
package net.statemesh.anvil;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.statemesh.anvil.Anvil.Call;
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
import net.statemesh.evm.state.Log;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** A chain of anvil's and the same one of evm's, which must stay equal block by block. */
final class Comparison {
    private static final long GAS_PRICE = 1_000_000_000_000L;
    private static final Word PROGRAM_BALANCE = Word.of(1_000_000);
    private static final long CODE_CACHE_BYTES = 1 << 24;
    private static final Precompiles PRECOMPILES = EthereumPrecompiles.cancun();

    private record Sent(Address to, Word value, Bytes data, long gas) {}

    private final Anvil anvil;
    private final Random random;
    private final String name;
    private final InMemoryWorldState world = new InMemoryWorldState();
    private final Map<Long, Word> blockHashes = new HashMap<>();
    private final CodeCache codes = new CodeCache(CODE_CACHE_BYTES);
    private final Recording recording = new Recording();
    private long nonce;
    private int failures;

    /** Of a fresh anvil; {@code name} goes into messages and into the programs' addresses. */
    Comparison(Anvil anvil, Random random, String name) throws Exception {
        this.anvil = anvil;
        this.random = random;
        this.name = name;
        world.putAccount(Anvil.SENDER, new Account(0, Anvil.SENDER_BALANCE, Keccak256.EMPTY));
        remember(anvil.call("eth_getBlockByNumber", "latest", false));
    }

    /** Transactions that have failed so far, on both sides alike. */
    int failures() {
        return failures;
    }

    /** One transaction to each of as many new programs; keeps the block in a file where one is given. */
    void block(int number, int size, @Nullable Path record) throws Exception {
        String where = name + ", block " + number;
        List<Address> programs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            programs.add(Address.of(Keccak256.hash((where + ", program " + i).getBytes(StandardCharsets.US_ASCII))));
        }
        List<Call> calls = new ArrayList<>();
        for (Address program : programs) {
            Bytes code = RandomProgram.write(random, programs);
            calls.add(Anvil.setCode(program, code));
            calls.add(new Call("anvil_setBalance", List.of(program.toString(), PROGRAM_BALANCE.toString())));
            Word hash = Keccak256.hash(code.shared());
            recording.program(program, PROGRAM_BALANCE, code);
            world.putCode(hash, code);
            world.putAccount(program, new Account(0, PROGRAM_BALANCE, hash));
        }
        List<Sent> sent = new ArrayList<>();
        for (Address program : programs) {
            byte[] data = new byte[random.nextInt(100)];
            random.nextBytes(data);
            Word value = Word.of(random.nextInt(3) == 0 ? random.nextInt(1000) : 0);
            Sent each = new Sent(program, value, Bytes.wrap(data), 30_000 + random.nextInt(500_000));
            calls.add(Anvil.send(nonce + sent.size(), each.to, each.value, each.data, each.gas, GAS_PRICE));
            recording.transaction(each.to, each.value, each.data, each.gas);
            sent.add(each);
        }
        anvil.calls(calls);
        JsonNode block = anvil.mine();
        JsonNode receipts =
                anvil.call("eth_getBlockReceipts", block.get("number").asText());
        BlockContext context = AnvilBlock.context(block, blockHashes);
        execute(sent, context, receipts, where);
        compareAccounts(programs, where);
        if (record != null) {
            keep(record, context, receipts, programs);
        }
        remember(block);
    }

    private void execute(List<Sent> sent, BlockContext context, JsonNode receipts, String where) throws Exception {
        assertThat(receipts.size()).isEqualTo(sent.size());
        Journal journal = new Journal(world);
        TransactionExecutor executor =
                new TransactionExecutor(journal, context, UnsignedTransactions.checks(), PRECOMPILES, codes, null);
        for (int i = 0; i < sent.size(); i++) {
            Sent each = sent.get(i);
            TransactionResult result = executor.execute(
                    UnsignedTransactions.of(nonce++, each.to, each.value, each.data, each.gas, GAS_PRICE));
            JsonNode receipt = receipts.get(i);
            String what = where + ", transaction " + i + " to " + each.to + " " + result.halt();
            assertThat(result.isSuccess())
                    .as("%s: status", what)
                    .isEqualTo(receipt.get("status").asText().equals("0x1"));
            assertThat(Word.of(result.gasUsed())).as("%s: gas", what).isEqualTo(AnvilBlock.number(receipt, "gasUsed"));
            assertThat(result.logs()).as("%s: logs", what).isEqualTo(logs(receipt));
            failures += result.isSuccess() ? 0 : 1;
        }
        journal.commit();
    }

    private static List<Log> logs(JsonNode receipt) {
        List<Log> logs = new ArrayList<>();
        for (JsonNode log : receipt.get("logs")) {
            List<Word> topics = new ArrayList<>();
            log.get("topics").forEach(topic -> topics.add(Word.ofHex(topic.asText())));
            logs.add(new Log(
                    Address.ofHex(log.get("address").asText()),
                    topics,
                    Bytes.ofHex(log.get("data").asText())));
        }
        return logs;
    }

    private void compareAccounts(List<Address> programs, String where) throws Exception {
        List<Address> all = new ArrayList<>(programs);
        all.add(Anvil.SENDER);
        all.add(Address.ZERO);
        List<JsonNode> theirs = anvil.calls(all.stream()
                .map(each -> new Call("eth_getProof", List.of(each.toString(), List.of(), "latest")))
                .toList());
        for (int i = 0; i < all.size(); i++) {
            InMemoryWorldState.Proof ours = world.prove(all.get(i), List.of());
            Account account = new Account(
                    AnvilBlock.number(theirs.get(i), "nonce").w0(),
                    AnvilBlock.number(theirs.get(i), "balance"),
                    AnvilBlock.number(theirs.get(i), "codeHash"));
            assertThat(ours.account()).as("%s: %s", where, all.get(i)).isEqualTo(account);
            compareStorage(all.get(i), ours.storageRoot(), AnvilBlock.number(theirs.get(i), "storageHash"), where);
        }
    }

    /** Anvil 1.7.1 leaves slots that were set to zero in its storage tries, so roots need not agree where a usual slot is zero. */
    private void compareStorage(Address account, Word ours, Word theirs, String where) throws Exception {
        if (ours.equals(theirs)) {
            return;
        }
        boolean hasZero = false;
        for (int slot = 0; slot < RandomProgram.SLOTS; slot++) {
            Word value = world.storage(account, Word.of(slot));
            String read = anvil.call("eth_getStorageAt", account.toString(), "0x" + slot, "latest")
                    .asText();
            assertThat(value).as("%s: slot %d of %s", where, slot, account).isEqualTo(Word.ofHex(read));
            hasZero |= value.isZero();
        }
        if (!hasZero) {
            assertThat(world.slots(account))
                    .as("%s: all slots of %s", where, account)
                    .isEqualTo(anvil.slots(account));
        }
    }

    private void keep(Path file, BlockContext context, JsonNode receipts, List<Address> programs) throws IOException {
        recording.block(context, receipts);
        for (Address program : programs) {
            recording.account(program, world.prove(program, List.of()).account(), world);
        }
        recording.write(file);
    }

    private void remember(JsonNode block) {
        blockHashes.put(AnvilBlock.number(block, "number").w0(), AnvilBlock.number(block, "hash"));
    }
}
