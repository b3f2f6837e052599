// SPDX-License-Identifier: Apache-2.0
package net.statemesh.anvil;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import net.statemesh.evm.interpreter.BlockContext;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Word;

/** Reads a block of anvil as the context that evm needs to do the same. */
public final class AnvilBlock {
    private AnvilBlock() {}

    /** With the hashes of earlier blocks by number. */
    public static BlockContext context(JsonNode block, Map<Long, Word> hashes) {
        return new BlockContext(
                number(block, "number").w0(),
                number(block, "timestamp").w0(),
                Address.ofHex(block.get("miner").asText()),
                number(block, "gasLimit").w0(),
                number(block, "baseFeePerGas"),
                number(block, "mixHash"),
                Word.ONE,
                Anvil.CHAIN_ID,
                number -> hashes.getOrDefault(number, Word.ZERO));
    }

    /** A hexadecimal number of a JSON object. */
    public static Word number(JsonNode node, String field) {
        return Word.ofHex(node.get(field).asText());
    }
}
