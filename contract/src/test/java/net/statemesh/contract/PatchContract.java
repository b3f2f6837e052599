// SPDX-License-Identifier: Apache-2.0
package net.statemesh.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import net.statemesh.contract.engine.Answer;
import net.statemesh.contract.engine.ApiClient;
import net.statemesh.contract.engine.Engine;
import net.statemesh.contract.engine.Trees;
import org.junit.jupiter.api.Test;

/** Merge patches (RFC 7386), JSON patches (RFC 6902) and strategic merge patches. */
abstract class PatchContract extends Contract {
    PatchContract(Supplier<Engine> engine) {
        super(engine);
    }

    @Test
    void mergePatchSetsReplacesAndRemoves() {
        admin.create(maps, "{metadata: {name: a}, data: {gone: x, changed: x, kept: x}}")
                .succeeded();
        Answer patched = admin.merge(maps + "/a", "{data: {gone: null, changed: y, added: z}}")
                .succeeded();
        assertThat(patched.body().path("data")).isEqualTo(Trees.yaml("{added: z, changed: y, kept: x}"));
    }

    @Test
    void patchWithAStaleResourceVersionConflicts() {
        String stale = createMap("a").resourceVersion();
        admin.merge(maps + "/a", "{data: {k: w}}").succeeded();
        admin.merge(maps + "/a", "{metadata: {resourceVersion: '%s'}, data: {k: late}}", stale)
                .refused(409, "Conflict");
        assertThat(admin.get(maps + "/a").text("/data/k")).isEqualTo("w");
    }

    @Test
    void patchOfAnotherUidIsInvalid() {
        createMap("a");
        Answer refused =
                admin.merge(maps + "/a", "{metadata: {uid: of-somebody-else}}").refused(422, "Invalid");
        assertThat(refused.fields()).containsOnly("metadata.uid");
        assertThat(refused.message()).contains("metadata.uid: Invalid value: \"of-somebody-else\": field is immutable");
    }

    /** Whoever fences a late write names both, and is told of the version first. */
    @Test
    void patchOfAnotherVersionAndUidConflicts() {
        Answer first = createMap("a");
        admin.delete(maps + "/a").succeeded();
        createMap("a");
        admin.merge(
                        maps + "/a",
                        "{metadata: {uid: %s, resourceVersion: '%s'}, data: {k: of-the-dead}}",
                        first.uid(),
                        first.resourceVersion())
                .refused(409, "Conflict");
        assertThat(admin.get(maps + "/a").text("/data/k")).isEqualTo("v");
    }

    @Test
    void patchOfWhatIsNotThereIsNotFound() {
        admin.merge(maps + "/absent", "{data: {k: v}}").refused(404, "NotFound");
    }

    @Test
    void jsonPatchAppliesItsOperationsInOrder() {
        createMap("a");
        Answer patched = admin.patch(maps + "/a", ApiClient.JSON_PATCH, """
                        - {op: test, path: /data/k, value: v}
                        - {op: replace, path: /data/k, value: w}
                        - {op: copy, from: /data/k, path: /data/copy}
                        - {op: move, from: /data/k, path: /data/moved}
                        - {op: add, path: /data/a~1b, value: x}
                        """);
        // the key with a slash is refused: a ConfigMap's keys are file names
        assertThat(patched.refused(422, "Invalid").fields()).containsExactly("data[a/b]");
        Answer allowed = admin.patch(
                        maps + "/a",
                        ApiClient.JSON_PATCH,
                        "[{op: add, path: /data/new, value: x}, {op: remove, path: /data/k}]")
                .succeeded();
        assertThat(allowed.body().path("data").toString()).isEqualTo("{\"new\":\"x\"}");
    }

    @Test
    void failedTestOfAJsonPatchChangesNothing() {
        createMap("a");
        admin.patch(
                        maps + "/a",
                        ApiClient.JSON_PATCH,
                        "[{op: replace, path: /data/k, value: w}, {op: test, path: /data/k, value: v}]")
                .refused(422, "Invalid");
        assertThat(admin.get(maps + "/a").text("/data/k")).isEqualTo("v");
    }

    @Test
    void jsonPatchOfAMissingPathIsRefused() {
        createMap("a");
        admin.patch(maps + "/a", ApiClient.JSON_PATCH, "[{op: remove, path: /data/absent}]")
                .refused(422, "Invalid");
    }

    @Test
    void strategicPatchMergesListsByTheirKey() {
        awaitDefaultAccount();
        String pods = in(namespace, "pods");
        admin.create(
                        pods,
                        "{metadata: {name: p}, spec: {containers: [{name: a, image: 'x:1'}, {name: b, image: 'x:1'}]}}")
                .succeeded();
        Answer patched = admin.patch(
                        pods + "/p",
                        ApiClient.STRATEGIC_PATCH,
                        "{spec: {containers: [{name: b, image: 'x:2'}]}, metadata: {labels: {l: v}}}")
                .succeeded();
        assertThat(patched.body().at("/spec/containers").findValuesAsText("image"))
                .containsExactly("x:1", "x:2");
        assertThat(patched.text("/metadata/labels/l")).isEqualTo("v");
    }

    @Test
    void strategicPatchDirectives() {
        admin.create(maps, "{metadata: {name: a, finalizers: [a.example/x, a.example/y]}, data: {one: x, two: x}}")
                .succeeded();
        Answer removed = admin.patch(
                        maps + "/a",
                        ApiClient.STRATEGIC_PATCH,
                        "{metadata: {$deleteFromPrimitiveList/finalizers: [a.example/x]}}")
                .succeeded();
        assertThat(removed.body().at("/metadata/finalizers").toString()).isEqualTo("[\"a.example/y\"]");
        Answer replaced = admin.patch(maps + "/a", ApiClient.STRATEGIC_PATCH, "{data: {$patch: replace, three: x}}")
                .succeeded();
        assertThat(replaced.body().path("data").toString()).isEqualTo("{\"three\":\"x\"}");
        admin.merge(maps + "/a", "{metadata: {finalizers: null}}").succeeded();
    }

    @Test
    void unknownTypeOfPatchIsUnsupported() {
        createMap("a");
        Answer refused = admin.patch(maps + "/a", "application/json", "{data: {k: w}}");
        assertThat(refused.code()).isEqualTo(415);
        assertThat(refused.reason()).isEqualTo("UnsupportedMediaType");
    }

    @Test
    void nameAndNamespaceCannotBePatched() {
        createMap("a");
        assertThat(admin.merge(maps + "/a", "{metadata: {name: b}}").code()).isEqualTo(400);
        assertThat(admin.merge(maps + "/a", "{metadata: {namespace: default}}").code())
                .isEqualTo(400);
    }
}
