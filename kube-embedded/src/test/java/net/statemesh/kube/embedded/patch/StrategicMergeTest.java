// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import net.statemesh.kube.embedded.object.Json;
import net.statemesh.kube.embedded.resource.ResourceRegistry;
import net.statemesh.kube.embedded.schema.Schema;
import org.junit.jupiter.api.Test;

class StrategicMergeTest {
    private static final Schema POD = new ResourceRegistry().builtin("", "pods").schema();
    private static final String TWO = """
            {"spec":{"containers":[{"name":"web","image":"w:1","args":["a","b"],"ports":[{"containerPort":80,"protocol":"TCP"}]},
            {"name":"side","image":"s:1"}]}}""";

    @Test
    void itemsAreMergedByTheirMergeKey() {
        assertThat(patched(TWO, "{\"spec\":{\"containers\":[{\"name\":\"side\",\"image\":\"s:2\"}]}}"))
                .isEqualTo(json(TWO.replace("s:1", "s:2")));
    }

    @Test
    void newItemsAreAppended() {
        ObjectNode result = patched(TWO, "{\"spec\":{\"containers\":[{\"name\":\"log\",\"image\":\"l:1\"}]}}");
        assertThat(result.at("/spec/containers").findValuesAsText("name")).containsExactly("web", "side", "log");
    }

    @Test
    void itemIsDeletedByDirective() {
        ObjectNode result = patched(TWO, "{\"spec\":{\"containers\":[{\"name\":\"web\",\"$patch\":\"delete\"}]}}");
        assertThat(result.at("/spec/containers").findValuesAsText("name")).containsExactly("side");
    }

    @Test
    void listIsReplacedByDirective() {
        ObjectNode result = patched(
                TWO, "{\"spec\":{\"containers\":[{\"$patch\":\"replace\"},{\"name\":\"only\",\"image\":\"o:1\"}]}}");
        assertThat(result.at("/spec/containers").findValuesAsText("name")).containsExactly("only");
    }

    @Test
    void listsWithoutAMergeKeyAreReplaced() {
        ObjectNode result = patched(TWO, "{\"spec\":{\"containers\":[{\"name\":\"web\",\"args\":[\"c\"]}]}}");
        assertThat(result.at("/spec/containers/0/args")).isEqualTo(Json.array().add("c"));
    }

    @Test
    void nestedListsUseTheirOwnMergeKey() {
        ObjectNode result = patched(
                TWO,
                "{\"spec\":{\"containers\":[{\"name\":\"web\",\"ports\":[{\"containerPort\":81,\"protocol\":\"UDP\"}]}]}}");
        assertThat(result.at("/spec/containers/0/ports").findValuesAsText("containerPort"))
                .containsExactlyInAnyOrder("80", "81");
    }

    @Test
    void orderIsTheOneAskedFor() {
        ObjectNode result =
                patched(TWO, "{\"spec\":{\"$setElementOrder/containers\":[{\"name\":\"side\"},{\"name\":\"web\"}]}}");
        assertThat(result.at("/spec/containers").findValuesAsText("name")).containsExactly("side", "web");
    }

    @Test
    void valuesLeavePrimitiveLists() {
        String pod = "{\"metadata\":{\"finalizers\":[\"a/x\",\"b/y\"]}}";
        assertThat(patched(pod, "{\"metadata\":{\"$deleteFromPrimitiveList/finalizers\":[\"a/x\"]}}"))
                .isEqualTo(json("{\"metadata\":{\"finalizers\":[\"b/y\"]}}"));
        assertThat(patched(pod, "{\"metadata\":{\"finalizers\":[\"c/z\",\"a/x\"]}}")
                        .at("/metadata/finalizers"))
                .hasSize(3);
    }

    @Test
    void keysThatAreNotRetainedGo() {
        String pod = "{\"spec\":{\"volumes\":[{\"name\":\"v\",\"emptyDir\":{}}]}}";
        assertThat(patched(pod, """
                        {"spec":{"volumes":[{"name":"v","$retainKeys":["name","configMap"],"configMap":{"name":"c"}}]}}"""))
                .isEqualTo(json("{\"spec\":{\"volumes\":[{\"name\":\"v\",\"configMap\":{\"name\":\"c\"}}]}}"));
    }

    @Test
    void itemWithoutItsMergeKeyIsRefused() {
        assertThatThrownBy(() -> patched(TWO, "{\"spec\":{\"containers\":[{\"image\":\"x\"}]}}"))
                .hasMessageContaining("does not contain declared merge key: name");
    }

    @Test
    void unknownDirectiveIsRefused() {
        assertThatThrownBy(() -> patched(TWO, "{\"spec\":{\"$patch\":\"explode\"}}"))
                .hasMessageContaining("explode")
                .hasMessageContaining("accepted: merge, replace, delete");
    }

    private static ObjectNode patched(String target, String patch) {
        return StrategicMerge.apply(json(target), json(patch), POD);
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.parseTrusted(text.getBytes(StandardCharsets.UTF_8));
    }
}
