// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.projects;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Session;
import net.statemesh.cli.ZoneContext;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.text.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code projects use}. */
@Command(mixinStandardHelpOptions = true)
public final class UseProject implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Name of the project.")
    private String name = "";

    public UseProject(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            if (api.find(ApiPaths.project(name)).isEmpty()) {
                throw unknown(api, name);
            }
        }
        ZoneContext.useProject(session.environment().home(), name);
        session.console().done("current  project " + name);
        return 0;
    }

    static StateMeshException unknown(ApiClient api, String name) {
        List<String> names = new ArrayList<>();
        for (JsonNode project : api.list(ApiPaths.projects())) {
            names.add(ListProjects.name(project));
        }
        return new StateMeshException(
                ProjectErrors.UNKNOWN,
                "There is no project '" + name + "'.",
                Nearest.didYouMean(name, names),
                List.of("statemesh projects list", "statemesh projects create " + name));
    }
}
