// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.api.SystemNames;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.Phase;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Commands;
import net.statemesh.cli.Environment;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.folder.ZoneFolder;

/** The application that a new zone starts with, deployed as a user would: by {@code apps deploy}. */
final class Example {
    static final String NAME = "hello";
    private static final String REPLICAS = "2";

    private final ZoneFolder folder;
    private final KubernetesClient client;

    Example(ZoneFolder folder, KubernetesClient client) {
        this.folder = folder;
        this.client = client;
    }

    /** Deploys it unless it is there already: then it is the user's, and stays as it is. */
    void ensure(Path source) {
        if (find().isPresent()) {
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Environment environment = new Environment(
                Map.of(),
                folder.root(),
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                false);
        int exitCode = Commands.run(
                environment,
                List.of(),
                "apps",
                "deploy",
                NAME,
                "--path",
                source.toString(),
                "--replicas",
                REPLICAS,
                "--no-wait",
                "-o",
                "json",
                "--data",
                folder.root().toString());
        if (exitCode != 0) {
            throw failed(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    /** What keeps it from serving; empty when it serves. */
    Optional<String> missing() {
        try {
            Optional<Application> application = find();
            if (application.isEmpty() || application.get().getStatus() == null) {
                return Optional.of("application " + NAME + " has no status yet");
            }
            Phase phase = application.get().getStatus().phase();
            return phase == Phase.SERVING || phase == Phase.STOPPED
                    ? Optional.empty()
                    : Optional.of("application " + NAME + " is " + phase + ": "
                            + application.get().getStatus().conditions());
        } catch (KubernetesClientException e) {
            return Optional.of("application " + NAME + ": " + e.getMessage());
        }
    }

    boolean isServing() {
        return find().map(Application::getStatus)
                .filter(status -> status.phase() == Phase.SERVING)
                .isPresent();
    }

    String url() {
        return find().map(Application::getStatus)
                .map(status -> status.urls().isEmpty() ? "" : status.urls().getFirst())
                .orElse("");
    }

    /** Names of the nodes that its replicas run on. */
    List<String> nodes() {
        return find().map(Application::getStatus).stream()
                .flatMap(status -> status.replicaStatuses().stream())
                .map(replica -> String.valueOf(replica.node()))
                .sorted()
                .toList();
    }

    private Optional<Application> find() {
        return Optional.ofNullable(client.resources(Application.class)
                .inNamespace(SystemNames.DEFAULT_PROJECT)
                .withName(NAME)
                .get());
    }

    /** The failure as the command told it. */
    private static StateMeshException failed(String out, String err) {
        List<String> evidence = err.lines().toList();
        String sentence = "the example could not be deployed.";
        try {
            JsonNode error = new ObjectMapper().readTree(out).path("error");
            sentence = "the example could not be deployed: "
                    + error.path("code").asText() + " " + error.path("message").asText();
        } catch (JsonProcessingException e) {
            evidence = (out + err).lines().toList();
        }
        return new StateMeshException(
                LauncherErrors.EXAMPLE_FAILED,
                sentence,
                evidence,
                List.of("statemesh up --bare", "statemesh apps explain " + NAME));
    }
}
