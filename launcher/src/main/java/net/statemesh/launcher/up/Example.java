// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.api.SystemNames;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Commands;
import net.statemesh.cli.Environment;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.url.PublicAnswer;
import net.statemesh.cli.url.PublicRequest;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.pki.MutualTls;

/** The application that a new zone starts with, deployed as a user would: by {@code apps deploy}. */
final class Example {
    static final String NAME = "hello";
    private static final String REPLICAS = "2";
    private static final String SERVING = "Serving";
    private static final String STOPPED = "Stopped";

    private final ZoneFolder folder;
    private final ApiClient api;

    Example(ZoneFolder folder, ApiClient api) {
        this.folder = folder;
        this.api = api;
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

    /** What keeps it from serving; empty when it serves or its user stopped it. */
    Optional<String> missing() {
        try {
            JsonNode status = find().map(object -> object.path("status")).orElse(MissingNode.getInstance());
            String phase = status.path("phase").asText("Pending");
            return phase.equals(SERVING) || phase.equals(STOPPED)
                    ? Optional.empty()
                    : Optional.of("application " + NAME + " is " + phase + reasons(status.path("conditions")));
        } catch (StateMeshException e) {
            return Optional.of("application " + NAME + ": " + ZoneChecks.text(e));
        }
    }

    boolean isServing() {
        return find().filter(object -> object.at("/status/phase").asText().equals(SERVING))
                .isPresent();
    }

    /** What keeps its URL from being answered; empty when it is answered. */
    Optional<String> unanswered() {
        try {
            PublicAnswer answer = new PublicRequest(MutualTls.customer(folder), URI.create(url())).send();
            return answer.isRouted() ? Optional.empty() : Optional.of(url() + " answers " + answer);
        } catch (IOException e) {
            return Optional.of(url() + ": " + e.getMessage());
        }
    }

    String url() {
        return find().map(object -> object.at("/status/urls/0").asText()).orElse("");
    }

    /** Names of the nodes that its replicas run on. */
    List<String> nodes() {
        List<String> nodes = new ArrayList<>();
        find().ifPresent(object -> object.at("/status/replicaStatuses")
                .forEach(replica -> nodes.add(replica.path("node").asText("-"))));
        nodes.sort(null);
        return nodes;
    }

    private Optional<JsonNode> find() {
        return api.find(ApiPaths.application(SystemNames.DEFAULT_PROJECT, NAME));
    }

    private static String reasons(JsonNode conditions) {
        StringBuilder reasons = new StringBuilder();
        for (JsonNode condition : conditions) {
            if (!condition.path("status").asText().equals("True")) {
                reasons.append("; ")
                        .append(condition.path("reason").asText())
                        .append(": ")
                        .append(condition.path("message").asText());
            }
        }
        return reasons.toString();
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
