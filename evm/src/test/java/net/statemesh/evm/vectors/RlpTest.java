// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.statemesh.evm.rlp.RlpException;
import net.statemesh.evm.rlp.RlpItem;
import net.statemesh.evm.rlp.RlpReader;
import net.statemesh.evm.rlp.RlpWriter;
import net.statemesh.evm.type.Bytes;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every RLP test: values are written and read, what is invalid is refused. */
@Tag("conformance")
class RlpTest {
    private static final String INVALID = "INVALID";
    private static final String VALID = "VALID";

    @TestFactory
    Stream<DynamicTest> files() throws IOException {
        return VectorFiles.of("RLPTests").entrySet().stream()
                .flatMap(file -> file.getValue().properties().stream()
                        .map(test -> DynamicTest.dynamicTest(file.getKey() + " " + test.getKey(), () -> check(test))));
    }

    private static void check(Map.Entry<String, JsonNode> test) throws RlpException {
        JsonNode in = test.getValue().get("in");
        Bytes out = Bytes.ofHex(test.getValue().get("out").asText());
        if (in.asText().equals(INVALID)) {
            assertThatThrownBy(() -> RlpReader.decode(out.shared()))
                    .as(test.getKey())
                    .isInstanceOf(RlpException.class);
            return;
        }
        RlpItem read = RlpReader.decode(out.shared());
        assertThat(Bytes.wrap(new RlpWriter().item(read).toBytes()))
                .as(test.getKey())
                .isEqualTo(out);
        if (!in.asText().equals(VALID)) {
            assertThat(read).as(test.getKey()).isEqualTo(item(in));
        }
    }

    private static RlpItem item(JsonNode in) {
        if (in.isArray()) {
            List<RlpItem> items = new ArrayList<>();
            in.forEach(each -> items.add(item(each)));
            return new RlpItem.Sequence(items);
        }
        if (in.isNumber()) {
            return number(in.bigIntegerValue());
        }
        String text = in.asText();
        return text.startsWith("#")
                ? number(new BigInteger(text.substring(1)))
                : new RlpItem.Text(Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static RlpItem number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int zeros = bytes[0] == 0 ? 1 : 0;
        return new RlpItem.Text(Bytes.wrap(Arrays.copyOfRange(bytes, zeros, bytes.length)));
    }
}
