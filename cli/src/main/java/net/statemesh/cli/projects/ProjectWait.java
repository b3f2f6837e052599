// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.projects;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.client.Changes;
import net.statemesh.cli.client.Watch;

/** Waits for the master to do what a project asks for. */
final class ProjectWait {
    private final ApiClient api;

    ProjectWait(ApiClient api) {
        this.api = api;
    }

    /** Until its namespace, quota and rights exist. */
    JsonNode ready(String name, Duration timeout) {
        return until(name, timeout, "Ready", ProjectWait::isReady)
                .orElseThrow(() -> new StateMeshException(
                        ProjectErrors.FAILED, "Project '" + name + "' was deleted meanwhile.", List.of(), List.of()));
    }

    /** Until nothing of it is left. */
    void gone(String name, Duration timeout) {
        until(name, timeout, "gone", project -> false);
    }

    /** The project when it fits; empty when it is gone. */
    private Optional<JsonNode> until(String name, Duration timeout, String wanted, Predicate<JsonNode> fits) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        String selected = ApiPaths.projects() + "?fieldSelector=" + ApiPaths.encode("metadata.name=" + name);
        String phase = "";
        while (System.nanoTime() - deadlineNanos < 0) {
            JsonNode collection = api.collection(selected);
            JsonNode project = collection.path("items").path(0);
            String version = collection.path("metadata").path("resourceVersion").asText();
            try (Changes changes = new Changes(api.watch(selected, version))) {
                while (true) {
                    if (project.isMissingNode()) {
                        return Optional.empty();
                    }
                    phase = project.at("/status/phase").asText();
                    if (fits.test(project)) {
                        return Optional.of(project);
                    }
                    Optional<Watch.Event> event = changes.next(Duration.ofNanos(deadlineNanos - System.nanoTime()));
                    if (event.isEmpty() || Changes.isEnd(event.get())) {
                        break;
                    }
                    if (event.get().type().equals("DELETED")) {
                        return Optional.empty();
                    }
                    if (!event.get().type().equals("BOOKMARK")) {
                        project = event.get().object();
                    }
                }
            }
        }
        throw new StateMeshException(
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
