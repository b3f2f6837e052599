// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** get, list, create, update, delete and watch over HTTPS. */
class CrudTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

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
    void createdObjectHasIdentityAndIsFoundAgain() {
        TestZone.Answer created = zone.post(MAPS, map("found", "a", "1"));
        assertThat(created.code()).isEqualTo(201);
        assertThat(created.at("/metadata/uid")).hasSize(36);
        assertThat(created.at("/metadata/creationTimestamp")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(zone.get(MAPS + "/found").body()).isEqualTo(created.body());
    }

    @Test
    void secondCreationOfANameConflicts() {
        zone.post(MAPS, map("twice", "a", "1"));
        TestZone.Answer second = zone.post(MAPS, map("twice", "a", "2"));
        assertThat(second.code()).isEqualTo(409);
        assertThat(second.reason()).isEqualTo("AlreadyExists");
        assertThat(second.message()).isEqualTo("configmaps \"twice\" already exists");
    }

    @Test
    void updateWithAnOldResourceVersionConflicts() {
        TestZone.Answer created = zone.post(MAPS, map("locked", "a", "1"));
        String path = MAPS + "/locked";
        String stale = created.body().toString();
        assertThat(zone.put(path, map("locked", "a", "2")).code()).isEqualTo(200);
        TestZone.Answer refused = zone.put(path, stale);
        assertThat(refused.code()).isEqualTo(409);
        assertThat(refused.message())
                .isEqualTo(
                        "Operation cannot be fulfilled on configmaps \"locked\": the object has been modified; please"
                                + " apply your changes to the latest version and try again");
        assertThat(zone.get(path).at("/data/a")).isEqualTo("2");
    }

    @Test
    void deletedObjectIsGone() {
        zone.post(MAPS, map("gone", "a", "1"));
        TestZone.Answer deleted = zone.delete(MAPS + "/gone");
        assertThat(deleted.code()).isEqualTo(200);
        assertThat(deleted.at("/status")).isEqualTo("Success");
        TestZone.Answer missing = zone.get(MAPS + "/gone");
        assertThat(missing.code()).isEqualTo(404);
        assertThat(missing.message()).isEqualTo("configmaps \"gone\" not found");
    }

    @Test
    void generatedNamesAreUnique() {
        String body = "{\"metadata\":{\"generateName\":\"many-\"}}";
        String first = zone.post(MAPS, body).at("/metadata/name");
        String second = zone.post(MAPS, body).at("/metadata/name");
        assertThat(first).matches("many-[bcdfghjklmnpqrstvwxz2456789]{5}").isNotEqualTo(second);
    }

    @Test
    void watchShowsEveryChangeInOrder() throws IOException {
        String from = zone.get(MAPS).at("/metadata/resourceVersion");
        try (TestWatch watch =
                zone.watch(MAPS + "?resourceVersion=" + from + "&fieldSelector=metadata.name%3Dwatched")) {
            zone.post(MAPS, map("watched", "a", "1"));
            zone.put(MAPS + "/watched", map("watched", "a", "2"));
            zone.delete(MAPS + "/watched");
            assertThat(watch.line()).isEqualTo("ADDED watched");
            assertThat(watch.line()).isEqualTo("MODIFIED watched");
            assertThat(watch.line()).isEqualTo("DELETED watched");
        }
    }

    @Test
    void watchSeesObjectsEnterAndLeaveItsSelection() throws IOException {
        String path = MAPS + "?labelSelector=colour%20in%20(red,blue)";
        String from = zone.get(path).at("/metadata/resourceVersion");
        try (TestWatch watch = zone.watch(path + "&resourceVersion=" + from)) {
            zone.post(MAPS, labelled("painted", "green"));
            zone.put(MAPS + "/painted", labelled("painted", "red"));
            zone.put(MAPS + "/painted", labelled("painted", "blue"));
            String left =
                    zone.put(MAPS + "/painted", labelled("painted", "green")).at("/metadata/resourceVersion");
            assertThat(watch.line()).isEqualTo("ADDED painted");
            assertThat(watch.line()).isEqualTo("MODIFIED painted");
            var deleted = watch.next();
            assertThat(deleted.path("type").asText()).isEqualTo("DELETED");
            assertThat(deleted.at("/object/metadata/resourceVersion").asText()).isEqualTo(left);
            assertThat(deleted.at("/object/metadata/labels/colour").asText()).isEqualTo("blue");
        }
    }

    @Test
    void pagesOfAListAreOneSnapshot() {
        zone.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"paged\"}}");
        String maps = "/api/v1/namespaces/paged/configmaps";
        for (String name : java.util.List.of("a", "b", "c")) {
            zone.post(maps, map(name, "k", "v"));
        }
        TestZone.Answer first = zone.get(maps + "?limit=2");
        assertThat(first.body().path("items")).hasSize(2);
        assertThat(first.at("/metadata/remainingItemCount")).isEqualTo("1");
        zone.delete(maps + "/c");
        TestZone.Answer second = zone.get(maps + "?limit=2&continue=" + first.at("/metadata/continue"));
        assertThat(second.at("/items/0/metadata/name")).isEqualTo("c");
        assertThat(second.at("/metadata/resourceVersion")).isEqualTo(first.at("/metadata/resourceVersion"));
        assertThat(second.at("/metadata/continue")).isEmpty();
    }

    @Test
    void objectsSurviveARestart(@TempDir Path own) {
        try (TestZone other = TestZone.start(own)) {
            TestZone.Answer created = other.post(MAPS, map("kept", "a", "1"));
            other.restart();
            assertThat(other.get(MAPS + "/kept").body()).isEqualTo(created.body());
            TestZone.Answer next = other.post(MAPS, map("later", "a", "1"));
            assertThat(Long.parseLong(next.at("/metadata/resourceVersion")))
                    .isGreaterThan(Long.parseLong(created.at("/metadata/resourceVersion")));
        }
    }

    static String map(String name, String key, String value) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\""
                + key + "\":\"" + value + "\"}}";
    }

    private static String labelled(String name, String colour) {
        return "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"colour\":\"" + colour + "\"}}}";
    }
}
