// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.statemesh.evm.type.Word;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every Cancun post-state of every state test: state root and logs hash. */
@Tag("conformance")
class StateTest {
    private static final String FORK = "Cancun";

    @TestFactory
    Stream<DynamicContainer> files() throws IOException {
        return VectorFiles.of("GeneralStateTests").entrySet().stream()
                .map(file -> DynamicContainer.dynamicContainer(file.getKey(), cases(file.getValue())));
    }

    private static List<DynamicTest> cases(JsonNode file) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> test : file.properties()) {
            JsonNode content = test.getValue();
            int number = 0;
            for (JsonNode post : content.get("post").path(FORK)) {
                StateTestCase each = new StateTestCase(content.get("env"), content.get("pre"), post);
                String name = test.getKey() + " " + number++;
                tests.add(DynamicTest.dynamicTest(name, () -> check(name, each)));
            }
        }
        return tests;
    }

    private static void check(String name, StateTestCase test) {
        StateTestCase.Outcome outcome = test.run(null);
        JsonNode post = test.post();
        String rejection =
                outcome.rejection() == null ? "" : outcome.rejection().getMessage();
        assertThat(outcome.rejection() != null)
                .as("%s: rejected: %s, expected: %s", name, rejection, post.path("expectException"))
                .isEqualTo(post.has("expectException"));
        assertThat(outcome.logsHash())
                .as("%s: logs", name)
                .isEqualTo(Word.ofHex(post.get("logs").asText()));
        assertThat(outcome.stateRoot())
                .as("%s: state root", name)
                .isEqualTo(Word.ofHex(post.get("hash").asText()));
    }
}
