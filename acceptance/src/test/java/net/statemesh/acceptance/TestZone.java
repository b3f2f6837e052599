// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A zone on this machine, on the embedded engine, with a folder, a home and ports of its own. */
final class TestZone implements Zone {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path home;
    private final Path folder;
    private final int httpsPort;
    private final int httpPort;

    TestZone() {
        try {
            home = Files.createTempDirectory("statemesh-acceptance");
            folder = home.resolve("zone");
            try (ServerSocket https = new ServerSocket(0);
                    ServerSocket http = new ServerSocket(0)) {
                httpsPort = https.getLocalPort();
                httpPort = http.getLocalPort();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Path home() {
        return home;
    }

    int httpsPort() {
        return httpsPort;
    }

    /** {@code up --detach -o json} with this zone's ports; fails unless it ends ready. */
    JsonNode up(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "up",
                "--detach",
                "-o",
                "json",
                "--https-port",
                Integer.toString(httpsPort),
                "--http-port",
                Integer.toString(httpPort)));
        arguments.addAll(List.of(more));
        Shell.Result result = statemesh(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.all()).isZero();
        return json(result.out());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** Pids that the zone recorded, the supervisor's included. */
    List<Long> recordedPids() {
        try (Stream<Path> records = Files.list(folder.resolve("run"))) {
            return records.filter(file -> file.toString().endsWith(".json"))
                    .map(TestZone::read)
                    .map(record -> record.path("pid").asLong())
                    .filter(pid -> pid > 0)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pid of one component. */
    long pid(String component) {
        return read(folder.resolve("run").resolve(component + ".json"))
                .path("pid")
                .asLong();
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (Files.exists(folder)) {
            Shell.Result result = statemesh("down", "--purge", "--yes");
            assertThat(result.exitCode()).as(result.all()).isZero();
        }
        shell().run("rm", "-rf", home.toString());
    }
}
