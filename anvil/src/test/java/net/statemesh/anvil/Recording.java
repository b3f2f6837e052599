// SPDX-License-Identifier: Apache-2.0
package net.statemesh.anvil;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.statemesh.evm.interpreter.BlockContext;
import net.statemesh.evm.state.Account;
import net.statemesh.evm.state.InMemoryWorldState;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;

/** The first block of a seed with what anvil made of it, kept so that evm's own tests can do without anvil. */
final class Recording {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ArrayNode programs = root.putArray("programs");
    private final ArrayNode transactions = root.putArray("transactions");
    private final ObjectNode after = JsonNodeFactory.instance.objectNode();

    void program(Address address, Word balance, Bytes code) {
        programs.addObject()
                .put("address", address.toString())
                .put("balance", balance.toString())
                .put("code", code.toString());
    }

    void transaction(Address to, Word value, Bytes data, long gas) {
        transactions
                .addObject()
                .put("to", to.toString())
                .put("value", value.toString())
                .put("data", data.toString())
                .put("gas", gas);
    }

    void block(BlockContext block, JsonNode receipts) {
        root.putObject("block")
                .put("number", block.number())
                .put("timestamp", block.timestampSeconds())
                .put("coinbase", block.coinbase().toString())
                .put("gasLimit", block.gasLimit())
                .put("baseFee", block.baseFee().toString())
                .put("prevRandao", block.prevRandao().toString())
                .put("parentHash", block.blockHash().apply(block.number() - 1).toString());
        for (int i = 0; i < receipts.size(); i++) {
            ObjectNode transaction = (ObjectNode) transactions.get(i);
            transaction.put("success", receipts.get(i).get("status").asText().equals("0x1"));
            transaction.put(
                    "gasUsed", AnvilBlock.number(receipts.get(i), "gasUsed").w0());
            ArrayNode logs = transaction.putArray("logs");
            for (JsonNode log : receipts.get(i).get("logs")) {
                ObjectNode each =
                        logs.addObject().put("address", log.get("address").asText());
                each.set("topics", log.get("topics"));
                each.set("data", log.get("data"));
            }
        }
    }

    /** As anvil has it, and evm agrees. */
    void account(Address address, Account account, InMemoryWorldState world) {
        ObjectNode each = after.putObject(address.toString())
                .put("nonce", account.nonce())
                .put("balance", account.balance().toString())
                .put("codeHash", account.codeHash().toString());
        ObjectNode slots = each.putObject("slots");
        world.slots(address).forEach((slot, value) -> slots.put(slot.toString(), value.toString()));
    }

    void write(Path file) throws IOException {
        root.set("after", after);
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
