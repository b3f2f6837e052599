// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an owner does with applications and what happens to them, the same on every engine. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(900)
abstract class ApplicationLife {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path files;

    private Zone zone;

    /** A zone of at least two nodes, without applications. */
    abstract Zone start();

    @BeforeAll
    final void startZone() {
        zone = start();
    }

    @AfterAll
    final void leaveZone() {
        zone.close();
    }

    @Test
    void applicationIsDeployedReachedScaledAndDeleted() throws IOException {
        String url = deploy("shop", "<h1>first</h1>", "--replicas", "2");
        assertThat(zone.curl(url, "-f").out()).isEqualTo("<h1>first</h1>");
        ok("apps", "scale", "shop", "4");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Replicas.readyOn(zone, "shop")).hasSize(4));
        assertThat(Replicas.readyOn(zone, "shop")).as("both nodes serve").containsAll(nodes());
        ok("apps", "scale", "shop", "1");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Replicas.names(zone, "shop")).hasSize(1));
        assertThat(zone.curl(url, "-f").out()).isEqualTo("<h1>first</h1>");
        ok("apps", "delete", "shop", "--yes");
        await().atMost(LIMIT).until(() -> answerCode(url).equals("404"));
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(Replicas.names(zone, "shop")).isEmpty());
    }

    /** Deploys a page; gives the URL once it serves. */
    private String deploy(String name, String page, String... more) throws IOException {
        Path site = Files.createDirectories(files.resolve(name));
        Files.writeString(site.resolve("index.html"), page);
        String[] command = new String[] {"apps", "deploy", name, "--path", site.toString(), "-o", "json"};
        String[] all = new String[command.length + more.length];
        System.arraycopy(command, 0, all, 0, command.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        JsonNode result = TestZone.json(ok(all));
        assertThat(result.path("phase").asText()).isEqualTo("Serving");
        return result.path("url").asText();
    }

    private String answerCode(String url) {
        return zone.curl(url, "-o", "/dev/null", "-w", "%{http_code}").out();
    }

    private List<String> nodes() {
        return List.of(zone.kubectl("get", "nodes", "-o", "jsonpath={.items[*].metadata.name}")
                .out()
                .strip()
                .split(" "));
    }

    private String ok(String... arguments) {
        Shell.Result result = zone.statemesh(arguments);
        assertThat(result.exitCode()).as(result.all()).isZero();
        return result.out();
    }
}
