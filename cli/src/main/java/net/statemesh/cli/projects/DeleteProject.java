// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.projects;

import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.SystemNames;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;
import net.statemesh.cli.Confirmation;
import net.statemesh.cli.Session;
import net.statemesh.cli.WaitOptions;
import net.statemesh.cli.ZoneContext;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code projects delete}. */
@Command(mixinStandardHelpOptions = true)
public final class DeleteProject implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Whole name of the project.")
    private String name = "";

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public DeleteProject(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (name.equals(SystemNames.DEFAULT_PROJECT)) {
            throw new StateMeshException(
                    CliErrors.USAGE,
                    "Project 'default' is part of every zone and stays.",
                    List.of(),
                    List.of("statemesh apps delete NAME… --project default"));
        }
        try (ApiClient api = session.api()) {
            if (api.find(ApiPaths.project(name)).isEmpty()) {
                throw UseProject.unknown(api, name);
            }
            int applications = api.list(ApiPaths.applications(name)).size();
            if (!confirmation.given(session, "Delete project '" + name + "' with " + applications + " applications?")) {
                return 0;
            }
            api.delete(ApiPaths.project(name));
            if (wait.wanted()) {
                new ProjectWait(api).gone(name, wait.timeout());
            }
        }
        if (session.context().project().value().equals(name)) {
            ZoneContext.useProject(session.environment().home(), SystemNames.DEFAULT_PROJECT);
        }
        session.console().done("deleted  project " + name);
        return 0;
    }
}
