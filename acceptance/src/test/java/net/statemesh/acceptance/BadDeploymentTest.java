// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments that cannot come to serve: a clear error, nothing half-made, and the zone goes on serving. */
@Tag("acceptance")
class BadDeploymentTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String NAME = "wrong";

    private static TestZone zone;
    private static String url;
    private static String image;

    @TempDir
    Path folder;

    @BeforeAll
    static void startZone() {
        zone = new TestZone();
        url = zone.up("--nodes", "2").path("example").path("url").asText();
        image = zone.kubectl("get", "applications", "hello", "-o", "jsonpath={.spec.containers[0].image}")
                .out();
    }

    @AfterAll
    static void removeZone() {
        zone.close();
    }

    @AfterEach
    void nothingIsLeftAndTheZoneServes() {
        zone.statemesh("apps", "delete", NAME, "--yes", "--wait");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(podsOf(NAME)).isEmpty());
        ZoneLifecycleTest.assertServes(zone, url);
    }

    @Test
    void malformedYamlIsRefusedWithItsLine() throws IOException {
        Shell.Result result = deploy("apiVersion: statemesh.net/v1alpha1\nkind: Application\nspec: {containers: [\n");
        assertRefused(result, 1, "SM-CLI-004");
        assertThat(result.err()).contains("line ");
        assertNothingMade();
    }

    @Test
    void unknownFieldIsRefusedWithTheNearestOne() throws IOException {
        Path manifest = manifest("  replicsa: 2\n");
        Shell.Result result = zone.statemesh("apps", "deploy", "-f", manifest.toString());
        assertRefused(result, 1, "SM-CLI-004");
        assertThat(result.err()).contains("replicsa").contains("replicas").contains("line ");
        assertNothingMade();

        Shell.Result strict = zone.kubectl("create", "--validate=strict", "-f", manifest.toString());
        assertThat(strict.exitCode()).as(strict.all()).isNotZero();
        assertThat(strict.err()).contains("unknown field \"spec.replicsa\"");
        assertNothingMade();
    }

    @Test
    void negativeReplicasAreRefusedByEveryEntrance() throws IOException {
        Shell.Result flags = zone.statemesh("apps", "deploy", NAME, "--image", image, "--replicas", "-1");
        assertRefused(flags, 1, "SM-ROLLOUT-008");
        assertThat(flags.err()).contains("replicas").contains("-1").contains("0 to ");
        assertNothingMade();

        Path manifest = manifest("  replicas: -1\n");
        Shell.Result file = zone.statemesh("apps", "deploy", "-f", manifest.toString());
        assertThat(file.exitCode()).as(file.all()).isEqualTo(1);
        assertThat(file.err()).contains("spec.replicas").contains("-1");
        Shell.Result api = zone.kubectl("create", "-f", manifest.toString());
        assertThat(api.exitCode()).as(api.all()).isEqualTo(1);
        assertThat(api.err()).contains("spec.replicas").contains("-1");
        assertNothingMade();

        Shell.Result scale = zone.statemesh("apps", "scale", "hello", "-1");
        assertThat(scale.exitCode()).as(scale.all()).isEqualTo(1);
        assertThat(zone.kubectl("get", "applications", "hello", "-o", "jsonpath={.spec.replicas}")
                        .out())
                .isEqualTo("2");
    }

    @Test
    void unknownImageOfTheZonesRegistryIsNamedWithTheRegistrysWord() {
        String unknown = image.substring(0, image.indexOf('/')) + "/default/nothing:9";
        Shell.Result result = zone.statemesh("apps", "deploy", NAME, "--image", unknown, "--wait");
        assertRefused(result, 2, "SM-ROLLOUT-001");
        assertThat(result.err())
                .contains(unknown)
                .contains("not found")
                .contains("nothing serves")
                .doesNotContain("x509");
    }

    @Test
    void registryThatDoesNotAnswerIsNamed() {
        Shell.Result result = zone.statemesh("apps", "deploy", NAME, "--image", "127.0.0.1:9/nothing:1", "--wait");
        assertRefused(result, 2, "SM-ROLLOUT-001");
        assertThat(result.err()).contains("127.0.0.1:9").contains("connection refused");
    }

    @Test
    void imageThatCrashesAtOnceIsShownWithItsLastWords() throws IOException {
        Shell.Result result = deploy(application("", "echo no database at db:5432 >&2; exit 3", 8080));
        assertRefused(result, 2, "SM-ROLLOUT-002");
        assertThat(result.err()).contains("exited with code 3").contains("no database at db:5432");
    }

    @Test
    void newVersionWhoseImageIsMissingLeavesTheOldOneServing() {
        Shell.Result good = zone.statemesh("apps", "deploy", NAME, "--image", image, "--port", "8080", "--wait");
        assertThat(good.exitCode()).as(good.all()).isZero();
        String address = TestZone.json(
                        zone.statemesh("apps", "info", NAME, "-o", "json").out())
                .path("url")
                .asText();
        ZoneLifecycleTest.assertServes(zone, address);

        Shell.Result bad = zone.statemesh(
                "apps", "deploy", NAME, "--image", image.substring(0, image.indexOf('/')) + "/gone:1", "--wait");
        assertRefused(bad, 2, "SM-ROLLOUT-001");
        assertThat(bad.err()).contains("was rolled back", "/gone:1", "release 1, which serves with 1 replica");
        ZoneLifecycleTest.assertServes(zone, address);
    }

    @Test
    void portThatNobodyListensOnIsNamed() throws IOException {
        Shell.Result result = deploy(application("", "exec sleep 600", 9999));
        assertRefused(result, 2, "SM-ROLLOUT-003");
        assertThat(result.err()).contains("port 9999");
    }

    @Test
    void takenNamesAreRefused() throws IOException {
        Shell.Result application = zone.statemesh("apps", "deploy", "hello", "--new", "--image", "other:1");
        assertRefused(application, 1, "SM-CLIENT-005");
        assertThat(application.err()).contains("'hello' is taken").contains(image);
        Shell.Result project = zone.statemesh("projects", "create", "default", "--new");
        assertThat(project.exitCode()).as(project.all()).isEqualTo(1);
        assertThat(project.err()).contains("default").contains("already exists");
        assertThat(zone.kubectl("create", "namespace", "somebodys").exitCode()).isZero();
        Shell.Result namespace = zone.statemesh("projects", "create", "somebodys", "--timeout", "20s");
        assertRefused(namespace, 1, "SM-PROJECT-001");
        assertThat(namespace.err()).contains("somebodys");
        assertThat(zone.statemesh("projects", "delete", "somebodys", "--yes").exitCode())
                .isZero();
        assertThat(zone.kubectl("get", "namespace", "somebodys").exitCode())
                .as("the namespace of somebody else stays")
                .isZero();
    }

    @Test
    void hostOfAnotherProjectIsRefusedAndStaysWithIt() throws IOException {
        String host = "shop.local-1.statemesh.localhost";
        String entrypoint = "  entrypoints: [{host: " + host + ", port: 8080}]\n";
        Path first = Files.writeString(folder.resolve("first.yaml"), manifestText("first", entrypoint));
        assertThat(zone.statemesh("projects", "create", "rivals").exitCode()).isZero();
        Shell.Result owner = zone.statemesh("apps", "deploy", "-f", first.toString(), "--project", "rivals", "--wait");
        assertThat(owner.exitCode()).as(owner.all()).isZero();

        Shell.Result result = deploy(manifestText(NAME, entrypoint));
        assertRefused(result, 1, "SM-ROLLOUT-007");
        assertThat(result.err()).contains(host).contains("rivals");
        assertThat(podsOf(NAME)).isEmpty();
        ZoneLifecycleTest.assertServes(zone, "https://" + host + ":" + zone.httpsPort());
        assertThat(zone.statemesh("projects", "delete", "rivals", "--yes").exitCode())
                .isZero();
    }

    @Test
    void missingCapacityIsTheSumOverTheNodes() {
        Shell.Result result = zone.statemesh("apps", "deploy", NAME, "--image", image, "--cpu", "64", "--wait");
        assertRefused(result, 2, "SM-ROLLOUT-004");
        assertThat(result.err())
                .contains("0 of 2 nodes fit")
                .contains("2 lack 64 CPU")
                .contains("largest free");
        assertThat(zone.kubectl(
                                "get",
                                "pods",
                                "-l",
                                "statemesh.net/application=" + NAME,
                                "-o",
                                "jsonpath={.items[*].spec.nodeName}")
                        .out())
                .isEmpty();
    }

    private Shell.Result deploy(String manifest) throws IOException {
        Path file = Files.writeString(folder.resolve("deploy.yaml"), manifest);
        return zone.statemesh("apps", "deploy", "-f", file.toString(), "--wait");
    }

    private Path manifest(String more) throws IOException {
        return Files.writeString(folder.resolve("wrong.yaml"), manifestText(NAME, more));
    }

    private static String manifestText(String name, String more) {
        return """
                apiVersion: statemesh.net/v1alpha1
                kind: Application
                metadata: {name: %s}
                spec:
                %s  containers:
                    - {name: web, image: "%s", ports: [{port: 8080}]}
                """.formatted(name, more, image);
    }

    private static String application(String more, String script, int port) {
        return """
                apiVersion: statemesh.net/v1alpha1
                kind: Application
                metadata: {name: %s}
                spec:
                %s  entrypoints: [{port: %d}]
                  containers:
                    - name: web
                      image: "%s"
                      command: [sh, -c, "%s"]
                      ports: [{port: %d}]
                """.formatted(NAME, more, port, image, script, port);
    }

    private static JsonNode podsOf(String application) {
        return TestZone.json(zone.kubectl("get", "pods", "-l", "statemesh.net/application=" + application, "-o", "json")
                        .out())
                .path("items");
    }

    private static void assertRefused(Shell.Result result, int exitCode, String code) {
        assertThat(result.exitCode()).as(result.all()).isEqualTo(exitCode);
        assertThat(result.err()).contains("error " + code).doesNotContain("\tat ");
    }

    private static void assertNothingMade() {
        Shell.Result application = zone.kubectl("get", "applications", NAME);
        assertThat(application.exitCode()).as(application.all()).isNotZero();
        assertThat(application.err()).contains("NotFound");
    }
}
