// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad requests get a clear error and change nothing. */
class BadInputTest {
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
    void bodyOfTwoGibibytesIsRefusedBeforeItIsSent() throws IOException {
        try (SSLSocket socket = (SSLSocket) zone.tls(TestZone.ADMIN)
                .getSocketFactory()
                .createSocket(
                        java.net.InetAddress.getLoopbackAddress(), zone.server().port())) {
            socket.getOutputStream()
                    .write(("POST " + MAPS
                                    + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2147483648\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("limit is 3145728 bytes");
        }
    }

    @Test
    void malformedJsonAndYamlSayWhere() {
        TestZone.Answer json = zone.post(MAPS, "{\"metadata\": {\"name\": }");
        assertThat(json.code()).isEqualTo(400);
        assertThat(json.message()).startsWith("the body is not valid JSON (line 1, column 2");
        TestZone.Answer yaml = zone.call(TestZone.ADMIN, "POST", MAPS, "application/yaml", "metadata: {name: [");
        assertThat(yaml.code()).isEqualTo(400);
        assertThat(yaml.message()).startsWith("the body is not valid YAML");
    }

    @Test
    void documentNestedTooDeepIsRefused() {
        assertThat(zone.post(MAPS, "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000))
                        .code())
                .isEqualTo(400);
        assertThat(zone.call(TestZone.ADMIN, "POST", MAPS, "application/yaml", "[".repeat(5_000))
                        .code())
                .isEqualTo(400);
    }

    @Test
    void valueOfTheWrongTypeIsNamed() {
        TestZone.Answer refused =
                zone.post(PODS, "{\"metadata\":{\"name\":\"typed\"},\"spec\":{\"containers\":\"web\"}}");
        assertThat(refused.code()).isEqualTo(400);
        assertThat(refused.message()).contains("cannot unmarshal string into field spec.containers of type array");
    }

    @Test
    void invalidPodNamesEveryField() {
        TestZone.Answer refused = zone.post(PODS, """
                {"metadata":{"name":"Wrong"},"spec":{"restartPolicy":"Sometimes","containers":[
                  {"name":"a","image":"web:1","ports":[{"containerPort":99999}],"resources":{"limits":{"cpu":"1"},"requests":{"cpu":"2"}}},
                  {"name":"a"}]}}""");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.body().at("/details/causes").findValuesAsText("field"))
                .containsExactlyInAnyOrder(
                        "metadata.name",
                        "spec.restartPolicy",
                        "spec.containers[0].ports[0].containerPort",
                        "spec.containers[0].resources.requests",
                        "spec.containers[1].name",
                        "spec.containers[1].image");
        assertThat(refused.message())
                .contains("Unsupported value: \"Sometimes\": supported values: \"Always\", \"Never\", \"OnFailure\"");
    }

    @Test
    void podSpecificationCannotBeChangedButForItsImage() {
        zone.post(PODS, DeletionTest.pod("fixed"));
        String image = "[{\"op\":\"replace\",\"path\":\"/spec/containers/0/image\",\"value\":\"web:2\"}]";
        assertThat(zone.patch(PODS + "/fixed", "application/json-patch+json", image)
                        .code())
                .isEqualTo(200);
        TestZone.Answer refused =
                zone.patch(PODS + "/fixed", "application/merge-patch+json", "{\"spec\":{\"hostname\":\"other\"}}");
        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .contains("spec: Forbidden: pod updates may not change fields other than")
                .contains("spec.hostname");
    }

    @Test
    void quotaRefusesInKubernetesWords() {
        zone.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"tight\"}}");
        zone.post(
                "/api/v1/namespaces/tight/resourcequotas",
                "{\"metadata\":{\"name\":\"compute\"},\"spec\":{\"hard\":{\"pods\":\"2\",\"requests.cpu\":\"3\"}}}");
        String pods = "/api/v1/namespaces/tight/pods";
        assertThat(zone.post(pods, requesting("one", "2")).code()).isEqualTo(201);
        TestZone.Answer refused = zone.post(pods, requesting("two", "1500m"));
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo("pods \"two\" is forbidden: exceeded quota: compute, requested: requests.cpu=1500m, used:"
                        + " requests.cpu=2, limited: requests.cpu=3");
        assertThat(zone.post(pods, DeletionTest.pod("silent")).message())
                .isEqualTo("pods \"silent\" is forbidden: failed quota: compute: must specify requests.cpu");
        assertThat(zone.get("/api/v1/namespaces/tight/resourcequotas/compute").at("/status/used/requests.cpu"))
                .isEqualTo("2");
    }

    @Test
    void selectorsAndOptionsThatMeanNothingAreRefused() {
        assertThat(zone.get(PODS + "?fieldSelector=spec.colour%3Dred").message())
                .contains("field label not supported: spec.colour")
                .contains("spec.nodeName");
        assertThat(zone.get(PODS + "?labelSelector=a%20is%20b").code()).isEqualTo(400);
        assertThat(zone.get(PODS + "?limit=many").message()).contains("limit: Invalid value: \"many\"");
        assertThat(zone.post(MAPS + "?dryRun=Some", CrudTest.map("x", "a", "b")).code())
                .isEqualTo(422);
        assertThat(zone.get(PODS + "?limit=1&continue=bm9uc2Vuc2U").code()).isEqualTo(400);
    }

    @Test
    void watchFromTheFarPastOrTheFutureIsRefused() throws IOException {
        assertThat(zone.get(MAPS + "?watch=true&resourceVersion=99999999").code())
                .isEqualTo(504);
        zone.restart();
        try (TestWatch old = zone.watch(MAPS + "?resourceVersion=1")) {
            JsonNode error = old.next();
            assertThat(error.path("type").asText()).isEqualTo("ERROR");
            assertThat(error.at("/object/code").asInt()).isEqualTo(410);
            assertThat(error.at("/object/reason").asText()).isEqualTo("Expired");
            assertThat(error.at("/object/message").asText()).startsWith("too old resource version: 1 (");
        }
    }

    @Test
    void conditionsOfPatchesAreHeld() {
        zone.post(MAPS, CrudTest.map("tested", "a", "1"));
        TestZone.Answer failed = zone.patch(
                MAPS + "/tested",
                "application/json-patch+json",
                "[{\"op\":\"test\",\"path\":\"/data/a\",\"value\":\"2\"}]");
        assertThat(failed.code()).isEqualTo(422);
        assertThat(zone.patch(MAPS + "/tested", "text/plain", "{}").code()).isEqualTo(415);
    }

    private static String requesting(String name, String cpu) {
        return "{\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"web:1\",\"resources\":{\"requests\":{\"cpu\":\""
                + cpu
                + "\"}}}]}}";
    }
}
