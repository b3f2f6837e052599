// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.statemesh.evm.crypto.Keccak256;
import net.statemesh.evm.trie.MerkleTrie;
import net.statemesh.evm.trie.TrieProof;
import net.statemesh.evm.type.Bytes;
import net.statemesh.evm.type.Word;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every trie test: the root, and beyond it that every entry can be read and proved. */
@Tag("conformance")
class TrieTest {
    /** Tests of walking from key to key. */
    private static final String WALKS = "trietestnextprev.json";

    private record Entry(Bytes key, Bytes value) {}

    @TestFactory
    Stream<DynamicTest> files() throws IOException {
        return VectorFiles.of("TrieTests").entrySet().stream()
                .flatMap(file -> file.getValue().properties().stream()
                        .map(test -> DynamicTest.dynamicTest(file.getKey() + " " + test.getKey(), () -> {
                            if (file.getKey().equals(WALKS)) {
                                checkWalk(test.getValue());
                            } else {
                                check(file.getKey().toLowerCase(Locale.ROOT), test.getValue());
                            }
                        })));
    }

    private static void checkWalk(JsonNode test) {
        MerkleTrie trie = new MerkleTrie();
        test.get("in").forEach(key -> trie.put(bytes(key.asText()).toArray(), new byte[] {1}));
        for (JsonNode each : test.get("tests")) {
            byte[] key = bytes(each.get(0).asText()).toArray();
            assertThat(trie.keyBefore(key).orElse(Bytes.EMPTY))
                    .as("before %s", each.get(0))
                    .isEqualTo(bytes(each.get(1).asText()));
            assertThat(trie.keyAfter(key).orElse(Bytes.EMPTY))
                    .as("after %s", each.get(0))
                    .isEqualTo(bytes(each.get(2).asText()));
        }
    }

    private static void check(String file, JsonNode test) throws Exception {
        boolean isSecure = file.contains("secure");
        MerkleTrie trie = new MerkleTrie();
        Map<Bytes, Bytes> last = new HashMap<>();
        for (Entry entry : entries(test.get("in"))) {
            byte[] plain = entry.key.toArray();
            byte[] key = isSecure ? Keccak256.hash(plain).toBytes() : plain;
            trie.put(key, entry.value.toArray());
            last.put(Bytes.copyOf(key), entry.value);
        }
        Word root = Word.ofHex(test.get("root").asText());
        assertThat(trie.rootHash()).isEqualTo(root);
        for (Map.Entry<Bytes, Bytes> entry : last.entrySet()) {
            byte[] key = entry.getKey().toArray();
            Optional<Bytes> expected = entry.getValue().isEmpty() ? Optional.empty() : Optional.of(entry.getValue());
            assertThat(Optional.ofNullable(trie.get(key))).isEqualTo(expected);
            assertThat(TrieProof.verify(root, key, trie.prove(key))).isEqualTo(expected);
        }
    }

    private static List<Entry> entries(JsonNode in) {
        List<Entry> entries = new ArrayList<>();
        if (in.isArray()) {
            in.forEach(pair -> entries.add(entry(pair.get(0).asText(), pair.get(1))));
        } else {
            in.properties().forEach(each -> entries.add(entry(each.getKey(), each.getValue())));
        }
        return entries;
    }

    private static Entry entry(String key, JsonNode value) {
        return new Entry(bytes(key), value.isNull() ? Bytes.EMPTY : bytes(value.asText()));
    }

    private static Bytes bytes(String text) {
        return text.startsWith("0x") ? Bytes.ofHex(text) : Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
