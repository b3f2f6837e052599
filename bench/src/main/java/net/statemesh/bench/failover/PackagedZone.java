// SPDX-License-Identifier: Apache-2.0
package net.statemesh.bench.failover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A zone of the product with a folder and ports of its own; gone when it is closed. */
final class PackagedZone implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path home;
    private final Path folder;
    private final JsonNode started;

    PackagedZone() throws IOException {
        home = Files.createTempDirectory("statemesh-failover");
        folder = home.resolve("zone");
        started = statemesh(
                "up",
                "--detach",
                "--https-port",
                Integer.toString(freePort()),
                "--http-port",
                Integer.toString(freePort()),
                "-o",
                "json");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Of the example application. */
    String url() {
        return started.path("example").path("url").asText();
    }

    List<String> nodes() {
        return started.path("nodes").valueStream().map(JsonNode::asText).toList();
    }

    Path authority() {
        return folder.resolve("ca.crt");
    }

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /** Runs a command on this zone; the JSON it prints. */
    JsonNode statemesh(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("statemesh.root"), "statemesh").toString());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(home, "command", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("STATEMESH_DATA", folder.toString());
        int exitCode = awaitEnd(builder.start());
        String text = Files.readString(out, StandardCharsets.UTF_8);
        Files.delete(out);
        if (exitCode != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + exitCode + ": " + text);
        }
        return JSON.readTree(text);
    }

    private static int awaitEnd(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a command ran");
        }
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(folder)) {
            statemesh("down", "--purge", "--yes");
        }
        try (Stream<Path> left = Files.walk(home)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
