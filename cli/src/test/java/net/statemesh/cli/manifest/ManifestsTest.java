// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import org.junit.jupiter.api.Test;

class ManifestsTest {
    private static final String GOOD = """
            apiVersion: statemesh.net/v1alpha1
            kind: Application
            metadata:
              name: shop
            spec:
              replicas: 2
              containers:
              - name: web
                image: shop:2
                env:
                - {name: GREETING, value: "yes"}
                ports: [{port: 8080}]
                resources: {limits: {cpu: 1, memory: 128Mi}}
            """;

    @Test
    void readsWhatIsRight() {
        List<ObjectNode> read = read(GOOD);
        assertThat(read).hasSize(1);
        assertThat(read.getFirst().at("/spec/containers/0/env/0/value").isTextual())
                .isTrue();
        assertThat(read.getFirst().at("/spec/replicas").asInt()).isEqualTo(2);
    }

    @Test
    void readsJsonAndSeveralDocuments() {
        assertThat(read(GOOD + "---\n" + GOOD + "---\n")).hasSize(2);
        assertThat(read("""
                {"apiVersion": "statemesh.net/v1alpha1", "kind": "Application", "metadata": {"name": "a"},
                 "spec": {"containers": [{"name": "a", "image": "b"}]}}""")).hasSize(1);
    }

    @Test
    void whatTheServerAddedIsLeftOut() {
        ObjectNode read = read(GOOD.replace("  name: shop\n", "  name: shop\n  uid: abc\n  resourceVersion: '7'\n")
                        + "status: {phase: Serving}\n")
                .getFirst();
        assertThat(read.has("status")).isFalse();
        assertThat(read.get("metadata").toString()).isEqualTo("{\"name\":\"shop\"}");
    }

    @Test
    void unknownFieldIsNamedWithLineAndNearestKnownOne() {
        assertThat(mistakes(GOOD.replace("replicas: 2", "replica: 2")))
                .containsExactly(
                        "line 6: spec.replica is 'replica': accepted is 'replicas' (there is no field 'replica')");
        assertThat(mistakes(GOOD.replace("image: shop:2", "immage: shop:2")))
                .containsExactly(
                        "line 9: spec.containers[0].immage is 'immage': accepted is 'image' (there is no field 'immage')",
                        "line 8: spec.containers[0].image is empty: accepted is a value: it is required");
        assertThat(mistakes(GOOD.replace("kind: Application", "kind: Application\nspecs: {}")))
                .containsExactly("line 3: specs is 'specs': accepted is 'spec' (there is no field 'specs')");
    }

    @Test
    void wrongValuesAreNamedWithWhatIsAccepted() {
        assertThat(mistakes(GOOD.replace("replicas: 2", "replicas: -1")))
                .containsExactly("line 6: spec.replicas is '-1': accepted is a whole number from 0 to 1000");
        assertThat(mistakes(GOOD.replace("replicas: 2", "replicas: two")))
                .containsExactly("line 6: spec.replicas is 'two': accepted is a whole number from 0 to 1000");
        assertThat(mistakes(GOOD.replace("\"yes\"", "yes is 1").replace("yes is 1", "1")))
                .containsExactly(
                        "line 11: spec.containers[0].env[0].value is '1': accepted is a text; put it in quotes");
        assertThat(mistakes(GOOD.replace("port: 8080", "port: 80800")))
                .containsExactly(
                        "line 12: spec.containers[0].ports[0].port is '80800': accepted is a whole number from 1 to 65535");
        assertThat(mistakes(GOOD.replace("replicas: 2", "updateStrategy: Quick")))
                .containsExactly("line 6: spec.updateStrategy is 'Quick': accepted is one of Rolling, Simultaneous");
    }

    @Test
    void wrongKindIsRefused() {
        assertThat(mistakes(GOOD.replace("kind: Application", "kind: Deployment")))
                .containsExactly("line 2: kind is 'Deployment': accepted is 'Application'");
    }

    @Test
    void malformedYamlHasALine() {
        StateMeshException problem = failure("a: 1\nb: [1, 2\nc: 3\n");
        assertThat(problem.sentence()).startsWith("'standard input' line 3 is not YAML: ");
        assertThat(failure("a: 1\n\tb: 2\n").sentence()).startsWith("'standard input' line 2 is not YAML: ");
    }

    @Test
    void aKeyGivenTwiceIsRefused() {
        assertThat(failure(GOOD + "spec: {}\n").sentence())
                .isEqualTo("'standard input' line 14 is not YAML: 'spec' is given twice.");
    }

    @Test
    void emptyFileIsSaid() {
        assertThat(failure("# nothing\n").sentence()).isEqualTo("'standard input' has no Application in it.");
    }

    @Test
    void hugeFileIsRefused() {
        assertThat(failure("x".repeat(2 << 20)).sentence()).contains("is larger than");
    }

    @Test
    void aliasBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append("*a")
                    .append(i - 1)
                    .append(", *a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(failure(bomb.toString()).sentence()).startsWith("'standard input'");
    }

    private static List<ObjectNode> read(String text) {
        return Manifests.applications(Path.of("-"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static StateMeshException failure(String text) {
        return catchThrowableOfType(StateMeshException.class, () -> read(text));
    }

    private static List<String> mistakes(String text) {
        return failure(text).evidence();
    }
}
