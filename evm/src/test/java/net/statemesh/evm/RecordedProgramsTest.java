// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.interpreter.BlockContext;
import net.statemesh.evm.interpreter.CodeCache;
import net.statemesh.evm.precompile.EthereumPrecompiles;
import net.statemesh.evm.state.Account;
import net.statemesh.evm.state.InMemoryWorldState;
import net.statemesh.evm.state.Journal;
import net.statemesh.evm.state.Log;
import net.statemesh.evm.transaction.SenderChecks;
import net.statemesh.evm.transaction.Transaction;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs whose results anvil 1.7.1 has given; AnvilDifferentialTest has recorded them and makes more. */
class RecordedProgramsTest {
    private static final Address SENDER = Address.ofHex("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    private static final Word SENDER_BALANCE = Word.ofHex("d3c21bcecceda1000000");
    private static final Word GAS_PRICE = Word.of(1_000_000_000_000L);
    private static final long CHAIN_ID = 31_337;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void programsDoWhatTheyDidInAnvil(int seed) throws Exception {
        JsonNode recording = read("recorded/seed-" + seed + ".json");
        InMemoryWorldState world = world(recording.get("programs"));
        Journal journal = new Journal(world);
        TransactionExecutor executor = new TransactionExecutor(
                journal,
                block(recording.get("block")),
                new SenderChecks(CHAIN_ID, false, (hash, yParity, r, s) -> Optional.of(SENDER)),
                EthereumPrecompiles.cancun(),
                new CodeCache(1 << 20),
                null);
        long nonce = 0;
        for (JsonNode each : recording.get("transactions")) {
            TransactionResult result = executor.execute(transaction(nonce++, each));
            assertThat(result.isSuccess())
                    .as("%s", each)
                    .isEqualTo(each.get("success").asBoolean());
            assertThat(result.gasUsed())
                    .as("%s", each)
                    .isEqualTo(each.get("gasUsed").asLong());
            assertThat(result.logs()).as("%s", each).isEqualTo(logs(each.get("logs")));
        }
        journal.commit();
        for (Map.Entry<String, JsonNode> entry : recording.get("after").properties()) {
            check(world, Address.ofHex(entry.getKey()), entry.getValue());
        }
    }

    private static void check(InMemoryWorldState world, Address address, JsonNode expected) {
        Map<Word, Word> slots = new HashMap<>();
        expected.get("slots")
                .properties()
                .forEach(slot -> slots.put(Word.ofHex(slot.getKey()), number(slot.getValue())));
        assertThat(world.slots(address)).as("slots of %s", address).isEqualTo(slots);
        assertThat(world.prove(address, List.of()).account())
                .as("%s", address)
                .isEqualTo(new Account(
                        expected.get("nonce").asLong(),
                        number(expected.get("balance")),
                        number(expected.get("codeHash"))));
    }

    private static JsonNode read(String resource) throws Exception {
        try (InputStream in = RecordedProgramsTest.class.getResourceAsStream(resource)) {
            return JsonMapper.builder().build().readTree(in);
        }
    }

    private static InMemoryWorldState world(JsonNode programs) {
        InMemoryWorldState world = new InMemoryWorldState();
        world.putAccount(SENDER, new Account(0, SENDER_BALANCE, Keccak256.EMPTY));
        for (JsonNode program : programs) {
            Bytes code = Bytes.ofHex(program.get("code").asText());
            Word hash = Keccak256.hash(code.shared());
            world.putCode(hash, code);
            world.putAccount(
                    Address.ofHex(program.get("address").asText()),
                    new Account(0, number(program.get("balance")), hash));
        }
        return world;
    }

    private static BlockContext block(JsonNode block) {
        long number = block.get("number").asLong();
        Word parent = number(block.get("parentHash"));
        return new BlockContext(
                number,
                block.get("timestamp").asLong(),
                Address.ofHex(block.get("coinbase").asText()),
                block.get("gasLimit").asLong(),
                number(block.get("baseFee")),
                number(block.get("prevRandao")),
                Word.ONE,
                CHAIN_ID,
                asked -> asked == number - 1 ? parent : Word.ZERO);
    }

    private static Transaction transaction(long nonce, JsonNode each) {
        return Transaction.unsigned(
                CHAIN_ID,
                nonce,
                GAS_PRICE,
                each.get("gas").asLong(),
                Optional.of(Address.ofHex(each.get("to").asText())),
                number(each.get("value")),
                Bytes.ofHex(each.get("data").asText()));
    }

    private static List<Log> logs(JsonNode recorded) {
        List<Log> logs = new ArrayList<>();
        for (JsonNode log : recorded) {
            List<Word> topics = new ArrayList<>();
            log.get("topics").forEach(topic -> topics.add(number(topic)));
            logs.add(new Log(
                    Address.ofHex(log.get("address").asText()),
                    topics,
                    Bytes.ofHex(log.get("data").asText())));
        }
        return logs;
    }

    private static Word number(JsonNode hex) {
        return Word.ofHex(hex.asText());
    }
}
