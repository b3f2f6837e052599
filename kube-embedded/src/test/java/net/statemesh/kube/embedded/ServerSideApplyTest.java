// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server-side apply: ownership, conflicts, force, removal of what is no longer applied. */
class ServerSideApplyTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir
    static Path folder;

    private static TestZone zone;

    @BeforeAll
    static void start() {
        zone = TestZone.start(folder);
    }

    @AfterAll
    static void stop() {
        zone.close();
    }

    @Test
    void applierOwnsWhatItNames() {
        TestZone.Answer made = apply(MAPS + "/owned", "alice", map("owned", "a: '1'", "b: '2'"));
        assertThat(made.code()).isEqualTo(201);
        var entry = made.body().at("/metadata/managedFields/0");
        assertThat(entry.path("manager").asText()).isEqualTo("alice");
        assertThat(entry.path("operation").asText()).isEqualTo("Apply");
        assertThat(entry.path("fieldsV1").toString()).isEqualTo("{\"f:data\":{\"f:a\":{},\"f:b\":{}}}");
    }

    @Test
    void fieldOfAnotherManagerConflictsUnlessForced() {
        apply(MAPS + "/fought", "alice", map("fought", "a: '1'"));
        TestZone.Answer refused = apply(MAPS + "/fought", "bob", map("fought", "a: '2'"));
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.message()).isEqualTo("Apply failed with 1 conflict: conflict with \"alice\": .data.a");
        assertThat(refused.at("/details/causes/0/reason")).isEqualTo("FieldManagerConflict");
        assertThat(refused.at("/details/causes/0/field")).isEqualTo(".data.a");
        TestZone.Answer forced = apply(MAPS + "/fought", "bob", map("fought", "a: '2'"), "&force=true");
        assertThat(forced.at("/data/a")).isEqualTo("2");
        assertThat(forced.body().at("/metadata/managedFields").findValuesAsText("manager"))
                .containsExactly("bob");
    }

    @Test
    void sameValueIsSharedOwnership() {
        apply(MAPS + "/shared", "alice", map("shared", "a: '1'"));
        TestZone.Answer second = apply(MAPS + "/shared", "bob", map("shared", "a: '1'"));
        assertThat(second.code()).isEqualTo(200);
        assertThat(second.body().at("/metadata/managedFields").findValuesAsText("manager"))
                .containsExactlyInAnyOrder("alice", "bob");
        TestZone.Answer dropped = apply(MAPS + "/shared", "alice", map("shared", "other: '1'"));
        assertThat(dropped.at("/data/a")).isEqualTo("1");
    }

    @Test
    void fieldsNoLongerAppliedAreRemoved() {
        apply(MAPS + "/dropped", "alice", map("dropped", "a: '1'", "b: '2'"));
        zone.patch(MAPS + "/dropped?fieldManager=editor", "application/merge-patch+json", "{\"data\":{\"c\":\"3\"}}");
        TestZone.Answer second = apply(MAPS + "/dropped", "alice", map("dropped", "a: '1'"));
        assertThat(second.body().path("data").toString()).isEqualTo("{\"a\":\"1\",\"c\":\"3\"}");
    }

    @Test
    void applyingTheSameAgainWritesNothing() {
        TestZone.Answer first = apply(MAPS + "/same", "alice", map("same", "a: '1'"));
        TestZone.Answer second = apply(MAPS + "/same", "alice", map("same", "a: '1'"));
        assertThat(second.at("/metadata/resourceVersion")).isEqualTo(first.at("/metadata/resourceVersion"));
    }

    @Test
    void updateTakesOwnershipAndConflictNamesIt() {
        apply(MAPS + "/taken", "alice", map("taken", "a: '1'"));
        zone.patch(MAPS + "/taken?fieldManager=editor", "application/merge-patch+json", "{\"data\":{\"a\":\"9\"}}");
        TestZone.Answer refused = apply(MAPS + "/taken", "alice", map("taken", "a: '1'"));
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.message())
                .contains("conflict with \"editor\" using v1 at ")
                .endsWith(": .data.a");
    }

    @Test
    void listItemsAreMergedByTheirKeys() {
        String web = """
                apiVersion: v1
                kind: Pod
                metadata: {name: merged}
                spec:
                  containers:
                  - {name: web, image: "web:1", ports: [{containerPort: 80}]}
                """;
        assertThat(apply(PODS + "/merged", "alice", web).code()).isEqualTo(201);
        TestZone.Answer forced = apply(PODS + "/merged", "bob", """
                apiVersion: v1
                kind: Pod
                metadata: {name: merged}
                spec:
                  containers:
                  - {name: web, image: "web:2"}
                """, "&force=true");
        assertThat(forced.code()).isEqualTo(200);
        assertThat(forced.at("/spec/containers/0/image")).isEqualTo("web:2");
        assertThat(forced.at("/spec/containers/0/ports/0/containerPort")).isEqualTo("80");
        assertThat(forced.body().at("/metadata/managedFields/0/fieldsV1").toString())
                .contains("k:{\\\"name\\\":\\\"web\\\"}");
    }

    private static TestZone.Answer apply(String path, String manager, String yaml) {
        return apply(path, manager, yaml, "");
    }

    private static TestZone.Answer apply(String path, String manager, String yaml, String options) {
        return zone.patch(path + "?fieldManager=" + manager + options, "application/apply-patch+yaml", yaml);
    }

    private static String map(String name, String... entries) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata:\n  "
                + String.join("\n  ", entries) + "\n";
    }
}
