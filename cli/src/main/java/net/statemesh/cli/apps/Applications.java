// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.Hostnames;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.client.ClientErrors;
import net.statemesh.cli.text.Nearest;

/** The applications of one project, by name, id or the start of one of them. */
final class Applications {
    private final ApiClient api;
    private final String project;

    Applications(ApiClient api, String project) {
        this.api = api;
        this.project = project;
    }

    ApiClient api() {
        return api;
    }

    String project() {
        return project;
    }

    /** Sorted by name. */
    List<ApplicationView> all() {
        return api.list(ApiPaths.applications(project)).stream()
                .map(ApplicationView::of)
                .sorted(Comparator.comparing(ApplicationView::name))
                .toList();
    }

    /** By its whole name, whether or not it is there. */
    Optional<JsonNode> byName(String name) {
        return api.find(ApiPaths.application(project, name));
    }

    /** By name, id, or a start of one of them that fits no other application. */
    ApplicationView find(String nameOrId) {
        if (Hostnames.isDnsLabel(nameOrId)) {
            Optional<JsonNode> exact = byName(nameOrId);
            if (exact.isPresent()) {
                return ApplicationView.of(exact.get());
            }
        }
        List<ApplicationView> all = all();
        List<ApplicationView> fitting = all.stream()
                .filter(app -> app.name().startsWith(nameOrId) || app.id().startsWith(nameOrId))
                .toList();
        Optional<ApplicationView> byId =
                all.stream().filter(app -> app.id().equals(nameOrId)).findFirst();
        if (byId.isPresent()) {
            return byId.get();
        }
        if (fitting.size() == 1 && !nameOrId.isEmpty()) {
            return fitting.getFirst();
        }
        throw fitting.isEmpty() || nameOrId.isEmpty() ? unknown(nameOrId, all) : ambiguous(nameOrId, fitting);
    }

    /** By its whole name or id: for commands that destroy. */
    ApplicationView findExactly(String nameOrId) {
        ApplicationView found = find(nameOrId);
        if (found.name().equals(nameOrId) || found.id().equals(nameOrId)) {
            return found;
        }
        throw unknown(nameOrId, all());
    }

    private StateMeshException unknown(String nameOrId, List<ApplicationView> all) {
        List<String> names = all.stream().map(ApplicationView::name).toList();
        return new StateMeshException(
                ClientErrors.NOT_FOUND,
                "There is no application '" + nameOrId + "' in project '" + project + "'.",
                names.isEmpty() ? List.of("the project has no applications") : Nearest.didYouMean(nameOrId, names),
                List.of("statemesh apps list", "--project PROJECT"));
    }

    private static StateMeshException ambiguous(String start, List<ApplicationView> fitting) {
        return new StateMeshException(
                ClientErrors.NOT_FOUND,
                "'" + start + "' fits " + fitting.size() + " applications.",
                fitting.stream().map(app -> app.name() + " (" + app.id() + ")").toList(),
                List.of("type more of the name"));
    }
}
