// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CustomResourceDefinitions and the objects they define. */
class CustomResourceTest {
    static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    static final String BOATS = "/apis/test.example.com/v1/namespaces/default/boats";

    @TempDir
    static Path folder;

    private static TestZone zone;

    @BeforeAll
    static void start() {
        zone = TestZone.start(folder);
        assertThat(zone.post(DEFINITIONS, definition("boats", "Boat")).code()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        zone.close();
    }

    @Test
    void definitionIsServedAndEstablishedAtOnce() {
        TestZone.Answer stored = zone.get(DEFINITIONS + "/boats.test.example.com");
        assertThat(stored.body().at("/status/conditions").findValuesAsText("type"))
                .contains("Established", "NamesAccepted");
        assertThat(zone.get("/apis/test.example.com/v1")
                        .body()
                        .path("resources")
                        .findValuesAsText("name"))
                .contains("boats", "boats/status", "boats/scale");
    }

    @Test
    void defaultsAreFilledInAndUnknownFieldsPruned() {
        TestZone.Answer made = zone.post(BOATS, boat("defaulted", "{\"masts\":2,\"colour\":\"red\"}"));
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.at("/spec/replicas")).isEqualTo("1");
        assertThat(made.body().path("spec").has("colour")).isFalse();
        assertThat(made.warnings()).containsExactly("299 - \"unknown field \\\"spec.colour\\\"\"");
        assertThat(made.at("/metadata/generation")).isEqualTo("1");
    }

    @Test
    void strictValidationRefusesUnknownFields() {
        TestZone.Answer refused =
                zone.post(BOATS + "?fieldValidation=Strict", boat("strict", "{\"masts\":2,\"colour\":\"red\"}"));
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.message()).isEqualTo("strict decoding error: unknown field \"spec.colour\"");
        assertThat(zone.get(BOATS + "/strict").code()).isEqualTo(404);
    }

    @Test
    void everyViolationIsNamed() {
        TestZone.Answer refused =
                zone.post(BOATS, boat("wrong", "{\"masts\":0,\"rig\":\"box\",\"replicas\":\"many\"}"));
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.body().at("/details/causes").findValuesAsText("field"))
                .containsExactlyInAnyOrder("spec.masts", "spec.rig", "spec.replicas");
        assertThat(refused.message())
                .contains("Boat.test.example.com \"wrong\" is invalid")
                .contains("spec.masts: Invalid value: 0: spec.masts in body should be greater than or equal to 1")
                .contains("spec.rig: Unsupported value: \"box\": supported values: \"sloop\", \"ketch\"")
                .contains("spec.replicas in body must be of type integer: \"string\"");
    }

    @Test
    void statusAndSpecificationAreWrittenSeparately() {
        zone.post(BOATS, boat("halves", "{\"masts\":1}"));
        TestZone.Answer status = zone.patch(
                BOATS + "/halves/status",
                "application/merge-patch+json",
                "{\"spec\":{\"masts\":9},\"status\":{\"afloat\":1}}");
        assertThat(status.at("/status/afloat")).isEqualTo("1");
        assertThat(status.at("/spec/masts")).isEqualTo("1");
        assertThat(status.at("/metadata/generation")).isEqualTo("1");
        TestZone.Answer spec = zone.patch(
                BOATS + "/halves",
                "application/merge-patch+json",
                "{\"spec\":{\"masts\":2},\"status\":{\"afloat\":7}}");
        assertThat(spec.at("/status/afloat")).isEqualTo("1");
        assertThat(spec.at("/spec/masts")).isEqualTo("2");
        assertThat(spec.at("/metadata/generation")).isEqualTo("2");
    }

    @Test
    void scaleReadsAndSetsReplicas() {
        zone.post(BOATS, boat("scaled", "{\"masts\":1,\"replicas\":3}"));
        assertThat(zone.get(BOATS + "/scaled/scale").at("/spec/replicas")).isEqualTo("3");
        TestZone.Answer scaled =
                zone.patch(BOATS + "/scaled/scale", "application/merge-patch+json", "{\"spec\":{\"replicas\":5}}");
        assertThat(scaled.at("/kind")).isEqualTo("Scale");
        assertThat(zone.get(BOATS + "/scaled").at("/spec/replicas")).isEqualTo("5");
        assertThat(zone.patch(BOATS + "/scaled/scale", "application/merge-patch+json", "{\"spec\":{\"replicas\":-1}}")
                        .code())
                .isEqualTo(422);
    }

    @Test
    void rulesThatWouldNotBeEnforcedAreRefused() {
        String schema = "{\"type\":\"object\",\"x-kubernetes-validations\":[{\"rule\":\"true\"}]}";
        TestZone.Answer refused = zone.post(DEFINITIONS, definition("carts", "Cart", schema));
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message()).contains("x-kubernetes-validations: Forbidden: CEL rules are not supported");
    }

    @Test
    void deletedDefinitionTakesItsObjectsAlong() throws IOException {
        zone.post(DEFINITIONS, definition("rafts", "Raft"));
        String rafts = "/apis/test.example.com/v1/namespaces/default/rafts";
        zone.post(rafts, boat("one", "{\"masts\":1}").replace("Boat", "Raft"));
        try (TestWatch watch = zone.watch(rafts)) {
            assertThat(watch.line()).isEqualTo("ADDED one");
            zone.delete(DEFINITIONS + "/rafts.test.example.com");
            assertThat(watch.line()).isEqualTo("DELETED one");
        }
        Awaitility.await().until(() -> zone.get(rafts).code() == 404);
    }

    static String boat(String name, String spec) {
        return "{\"apiVersion\":\"test.example.com/v1\",\"kind\":\"Boat\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":" + spec + "}";
    }

    static String definition(String plural, String kind) {
        return definition(plural, kind, """
                {"type":"object","required":["spec"],"properties":{
                  "spec":{"type":"object","required":["masts"],"properties":{
                    "masts":{"type":"integer","minimum":1},
                    "rig":{"type":"string","enum":["sloop","ketch"]},
                    "replicas":{"type":"integer","default":1},
                    "crew":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
                      "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"rank":{"type":"string"}}}}}},
                  "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}""");
    }

    private static String definition(String plural, String kind, String schema) {
        return """
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"%s.test.example.com"},
                 "spec":{"group":"test.example.com","scope":"Namespaced","names":{"plural":"%s","kind":"%s"},
                  "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":%s},
                   "subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas"}},
                   "additionalPrinterColumns":[{"name":"Masts","type":"integer","jsonPath":".spec.masts"},
                     {"name":"Age","type":"date","jsonPath":".metadata.creationTimestamp"}]}]}}""".formatted(plural, plural, kind, schema);
    }
}
