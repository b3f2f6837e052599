// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of an application by the commands that its owner types. */
@Tag("acceptance")
class ApplicationCommandsTest {
    private static final int BIG_BYTES = 20 << 20;
    private static final Duration WAIT = Duration.ofSeconds(20);

    @TempDir
    static Path files;

    private static TestZone zone;

    @BeforeAll
    static void start() throws IOException {
        zone = new TestZone();
        zone.up("--bare", "--nodes", "2");
        Files.writeString(Files.createDirectories(files.resolve("site")).resolve("index.html"), "<h1>mine</h1>");
        ok("apps", "deploy", "mine", "--path", files.resolve("site").toString(), "--replicas", "2");
    }

    @AfterAll
    static void stop() {
        zone.close();
    }

    @Test
    void deployEndsWithAUrlThatAnswersAtOnce() throws IOException {
        Files.writeString(Files.createDirectories(files.resolve("other")).resolve("index.html"), "<h1>other</h1>");
        JsonNode result = TestZone.json(
                ok("deploy", "other", "--path", files.resolve("other").toString(), "-o", "json"));
        assertThat(result.path("phase").asText()).isEqualTo("Serving");
        Shell.Result answer = zone.curl(result.path("url").asText(), "-f");
        assertThat(answer.out()).as(answer.all()).isEqualTo("<h1>other</h1>");
        assertThat(ok("delete", "other", "--yes")).isEmpty();
        untilAnswered(result.path("url").asText(), "404");
    }

    @Test
    void stoppedApplicationStartsAgainUnderItsUrl() {
        String url = url("mine");
        ok("stop", "mine");
        untilAnswered(url, "503");
        ok("start", "mine");
        assertThat(zone.curl(url, "-f").out()).isEqualTo("<h1>mine</h1>");
        assertThat(url("mine")).isEqualTo(url);
    }

    @Test
    void foldersAndBigFilesAreCopiedBothWays() throws IOException {
        byte[] big = new byte[BIG_BYTES];
        new Random(1).nextBytes(big);
        Path tree = Files.createDirectories(files.resolve("tree/below"));
        Files.write(tree.resolve("big"), big);
        Files.writeString(tree.resolve("ünïcode name"), "text");
        String replica = TestZone.json(ok("apps", "info", "mine", "-o", "json"))
                .at("/replicaStatuses/0/name")
                .asText();
        ok("copy", files.resolve("tree").toString(), "mine:/tmp", "--replica", replica);
        ok("copy", "mine:/tmp/tree", files.resolve("back").toString(), "--replica", replica);
        assertThat(files.resolve("back/tree/below/big")).hasBinaryContent(big);
        assertThat(files.resolve("back/tree/below/ünïcode name")).hasContent("text");
        Shell.Result missing = zone.statemesh("copy", "mine:/nothing", files.toString());
        assertThat(missing.exitCode()).as(missing.all()).isEqualTo(1);
        assertThat(missing.err()).contains("/nothing").doesNotContain("defect");
    }

    @Test
    void execPassesOutputInputAndExitCodeOn() {
        assertThat(ok("apps", "exec", "mine", "--", "cat", "/srv/www/index.html"))
                .isEqualTo("<h1>mine</h1>");
        assertThat(zone.statemesh("apps", "exec", "mine", "--", "sh", "-c", "echo out; echo err >&2; exit 7"))
                .satisfies(result -> {
                    assertThat(result.exitCode()).as(result.all()).isEqualTo(7);
                    assertThat(result.out()).isEqualTo("out\n");
                    assertThat(result.err()).isEqualTo("err\n");
                });
        assertThat(zone.statemesh("apps", "exec", "mine", "-i", "--", "cat").exitCode())
                .isZero();
    }

    @Test
    void logsNameTheirReplica() {
        zone.curl(url("mine") + "/no-such-page", "-o", "/dev/null");
        await().atMost(WAIT)
                .untilAsserted(() -> assertThat(ok("logs", "mine", "--grep", "no-such-page"))
                        .containsPattern("(?m)^mine-\\S+ \\| .*no-such-page"));
        assertThat(zone.statemesh("logs", "mine", "--replica", "nobody").exitCode())
                .isEqualTo(1);
    }

    @Test
    void deadApiIsToldAtOnceWithWhatToDo() throws IOException {
        Path dead = Files.createDirectories(files.resolve("dead"));
        Files.writeString(
                dead.resolve("kubeconfig"),
                Files.readString(zone.folder().resolve("kubeconfig"))
                        .replaceFirst("https://127\\.0\\.0\\.1:\\d+", "https://127.0.0.1:9"));
        Shell.Result result = zone.statemesh("apps", "list", "--data", dead.toString());
        assertThat(result.exitCode()).as(result.all()).isEqualTo(2);
        assertThat(result.err())
                .contains("error SM-CLIENT-001: The zone's API at https://127.0.0.1:9 does not answer.")
                .contains("statemesh up");
    }

    @Test
    void readerThatLeavesEndsTheCommandQuietly() {
        Shell.Result result = zone.shell()
                .run("bash", "-c", "set -o pipefail; " + Shell.statemesh() + " apps explain mine -o json | head -1");
        assertThat(result.out()).isEqualTo("{\n");
        assertThat(result.err()).isEmpty();
    }

    /** The router hears of a replica's end a moment later than the command that ended it. */
    private static void untilAnswered(String url, String status) {
        await().atMost(WAIT).untilAsserted(() -> {
            Shell.Result answer = zone.curl(url, "-o", "/dev/null", "-w", "%{http_code}");
            assertThat(answer.out()).as(answer.all()).isEqualTo(status);
        });
    }

    private static String url(String name) {
        return TestZone.json(ok("info", name, "-o", "json")).path("url").asText();
    }

    private static String ok(String... arguments) {
        Shell.Result result = zone.statemesh(arguments);
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result.out();
    }
}
