// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import net.statemesh.load.SteadyRequests;

/** A zone with a folder, a home and ports of its own; gone when it is closed, whatever happened to it. */
final class TestZone implements AutoCloseable {
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

    Path folder() {
        return folder;
    }

    Path home() {
        return home;
    }

    int httpsPort() {
        return httpsPort;
    }

    Shell shell() {
        return new Shell()
                .with("HOME", home.toString())
                .with("STATEMESH_DATA", folder.toString())
                .with("KUBECONFIG", folder.resolve("kubeconfig").toString());
    }

    Shell.Result statemesh(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Shell.statemesh()));
        command.addAll(List.of(arguments));
        return shell().run(command);
    }

    Shell.Result kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        return shell().run(command);
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

    /** What curl gets from a URL, trusting this zone's public CA. */
    Shell.Result curl(String url, String... more) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "--max-time",
                "10",
                "--cacert",
                folder.resolve("ca.crt").toString()));
        command.addAll(List.of(more));
        command.add(url);
        return shell().run(command);
    }

    /** Trusts this zone's public CA. */
    SSLContext trust() {
        return SteadyRequests.trusting(folder.resolve("ca.crt"));
    }

    /** A steady stream of requests that trusts this zone's public CA. */
    SteadyRequests requests(String url, int perSecond) {
        return new SteadyRequests(URI.create(url), folder.resolve("ca.crt"), perSecond);
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
