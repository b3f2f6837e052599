// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are too large, too late or somebody else's business. */
@Tag("acceptance")
class BadRequestTest {
    private static final long TWO_GIB = 2L << 30;

    private static TestZone zone;
    private static String url;

    @TempDir
    Path folder;

    @BeforeAll
    static void startZone() {
        zone = new TestZone();
        url = zone.up("--nodes", "1").path("example").path("url").asText();
        for (String project : List.of("mine", "theirs")) {
            succeeds(zone.statemesh("projects", "create", project));
        }
        succeeds(zone.kubectl("-n", "mine", "create", "serviceaccount", "worker"));
        succeeds(zone.kubectl(
                "-n",
                "mine",
                "create",
                "rolebinding",
                "worker",
                "--clusterrole=statemesh-project-owner",
                "--serviceaccount=mine:worker"));
    }

    @AfterAll
    static void removeZone() {
        zone.close();
    }

    @Test
    void twoGibibytesAreRefusedByTheApiWhetherAnnouncedOrNot() throws IOException {
        assertTooLargeForTheApi();
        assertTooLargeForTheApi("-H", "Transfer-Encoding: chunked");
        assertThat(zone.kubectl("-n", "mine", "get", "configmaps", "-o", "name").out())
                .isEmpty();
        succeeds(zone.statemesh("status"));
    }

    @Test
    void twoGibibytesAreRefusedByTheRouterWhichGoesOnServing() throws IOException {
        Shell.Result answer =
                zone.curl(url, "--http1.1", "-T", twoGibibytes().toString(), "-X", "POST", "-w", "\n%{http_code}");
        assertThat(answer.out()).as(answer.all()).endsWith("\n413").contains("request");
        ZoneLifecycleTest.assertServes(zone, url);
    }

    @Test
    void expiredTokenIsRefusedAndChangesNothing() throws IOException, GeneralSecurityException {
        String token = succeeds(zone.kubectl("-n", "mine", "create", "token", "worker"));
        succeeds(as(token, "apps", "list", "--project", "mine"));
        assertThat(signed(token, Instant.now().plusSeconds(600)))
                .as("the test signs as the API server does")
                .satisfies(good -> succeeds(as(good, "apps", "list", "--project", "mine")));

        String expired = signed(token, Instant.now().minusSeconds(1));
        Shell.Result result = as(expired, "apps", "deploy", "late", "--image", "a:1", "--project", "mine");
        assertThat(result.exitCode()).as(result.all()).isEqualTo(4);
        assertThat(result.err())
                .contains("error SM-CLIENT-002")
                .contains("expired")
                .contains("new")
                .doesNotContain(expired);
        assertThat(zone.kubectl("-n", "mine", "get", "applications", "-o", "name")
                        .out())
                .isEmpty();
    }

    @Test
    void foreignProjectIsClosedForReadingAndWriting() throws IOException {
        String token = succeeds(zone.kubectl("-n", "mine", "create", "token", "worker"));
        for (List<String> command : List.of(
                List.of("apps", "list"),
                List.of("apps", "deploy", "intruder", "--image", "a:1"),
                List.of("apps", "logs", "anything"),
                List.of("apps", "delete", "anything", "--yes"))) {
            List<String> there = new ArrayList<>(command);
            there.addAll(List.of("--project", "theirs"));
            Shell.Result result = as(token, there.toArray(String[]::new));
            assertThat(result.exitCode()).as(result.all()).isEqualTo(4);
            assertThat(result.err()).contains("error SM-CLIENT-003").contains("theirs");
        }
        assertThat(zone.kubectl("-n", "theirs", "get", "applications,pods", "-o", "name")
                        .out())
                .isEmpty();
    }

    /** A command of somebody who has nothing but a token. */
    private Shell.Result as(String token, String... command) throws IOException {
        Path theirs = Files.createDirectories(folder.resolve("theirs"));
        Path kubeconfig = theirs.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                clusters: [{name: zone, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: worker, user: {token: "%s"}}]
                contexts: [{name: worker, context: {cluster: zone, user: worker, namespace: mine}}]
                current-context: worker
                """.formatted(server(), zone.folder().resolve("pki/zone-ca.crt"), token));
        List<String> line = new ArrayList<>(List.of(Shell.statemesh()));
        line.addAll(List.of(command));
        line.addAll(List.of("--data", theirs.toString()));
        return zone.shell().run(line);
    }

    private static String server() {
        return succeeds(zone.kubectl("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}"));
    }

    /** The same token with another end, signed with the zone's own key (RFC 7515, HS256). */
    private static String signed(String token, Instant end) throws IOException, GeneralSecurityException {
        String[] parts = token.strip().split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replaceAll(
                        "\"(iat|nbf)\":\\d+", "\"$1\":" + end.minusSeconds(3600).getEpochSecond())
                .replaceAll("\"exp\":\\d+", "\"exp\":" + end.getEpochSecond());
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String body = parts[0] + "." + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Files.readAllBytes(zone.folder().resolve("master/token.key")), "HmacSHA256"));
        return body + "." + encoder.encodeToString(mac.doFinal(body.getBytes(StandardCharsets.US_ASCII)));
    }

    private void assertTooLargeForTheApi(String... more) throws IOException {
        Path pki = zone.folder().resolve("pki");
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "--http1.1",
                "--max-time",
                "60",
                "--cacert",
                pki.resolve("zone-ca.crt").toString(),
                "--cert",
                pki.resolve("admin.crt").toString(),
                "--key",
                pki.resolve("admin.key").toString(),
                "-X",
                "POST",
                "-H",
                "Content-Type: application/json",
                "-T",
                twoGibibytes().toString(),
                "-w",
                "\n%{http_code}"));
        command.addAll(List.of(more));
        command.add(server() + "/api/v1/namespaces/mine/configmaps");
        Shell.Result answer = zone.shell().run(command);
        assertThat(answer.out()).as(answer.all()).contains("limit is").endsWith("\n413");
    }

    /** Takes no room on the disk. */
    private Path twoGibibytes() throws IOException {
        Path file = folder.resolve("huge");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(TWO_GIB);
        }
        return file;
    }

    private static String succeeds(Shell.Result result) {
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result.out();
    }
}
