// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.projects;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.client.ObjectStates;

/** Waits for the master to do what a project asks for. */
final class ProjectWait {
    private final ApiClient api;

    ProjectWait(ApiClient api) {
        this.api = api;
    }

    /** Until its namespace, quota and rights exist. */
    JsonNode ready(String name, Duration timeout) {
        return await(name, timeout, "Ready", project -> {
            JsonNode there = project.orElseThrow(() -> new StateMeshException(
                    ProjectErrors.FAILED, "Project '" + name + "' was deleted meanwhile.", List.of(), List.of()));
            return isReady(there) ? Optional.of(there) : Optional.empty();
        });
    }

    /** Until nothing of it is left. */
    void gone(String name, Duration timeout) {
        await(name, timeout, "gone", project -> project.isEmpty() ? Optional.of(true) : Optional.empty());
    }

    private <T> T await(String name, Duration timeout, String wanted, Function<Optional<JsonNode>, Optional<T>> judge) {
        AtomicReference<String> phase = new AtomicReference<>("");
        return new ObjectStates(api, ApiPaths.projects(), name)
                .await(timeout, project -> {
                    phase.set(project.map(there -> there.at("/status/phase").asText())
                            .orElse(""));
                    return judge.apply(project);
                })
                .orElseThrow(() -> timeout(name, timeout, wanted, String.valueOf(phase.get())));
    }

    private static StateMeshException timeout(String name, Duration timeout, String wanted, String phase) {
        return new StateMeshException(
                ProjectErrors.TIMEOUT,
                "Project '" + name + "' is not " + wanted + " after " + timeout.toSeconds() + " s.",
                List.of("its phase is " + (phase.isEmpty() ? "unknown: the master has not looked at it" : phase)),
                List.of("statemesh status", "statemesh projects list"));
    }

    private static boolean isReady(JsonNode project) {
        String phase = project.at("/status/phase").asText();
        boolean current = project.at("/status/observedGeneration").asLong()
                >= project.at("/metadata/generation").asLong();
        if (phase.equals("Failed") && current) {
            String message = "";
            for (JsonNode condition : project.at("/status/conditions")) {
                if (condition.path("status").asText().equals("False")) {
                    message = condition.path("reason").asText() + ": "
                            + condition.path("message").asText();
                }
            }
            throw new StateMeshException(
                    ProjectErrors.FAILED,
                    "Project '" + project.at("/metadata/name").asText() + "' cannot be made ready.",
                    message.isEmpty() ? List.of() : List.of(message),
                    List.of("another name", "statemesh projects list"));
        }
        return phase.equals("Ready") && current;
    }
}
