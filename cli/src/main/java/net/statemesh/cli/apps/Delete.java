// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.Confirmation;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.WaitOptions;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.client.ClientErrors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code apps delete}. */
@Command(mixinStandardHelpOptions = true)
public final class Delete implements Callable<Integer> {
    private final Session session;

    @ArgGroup(multiplicity = "1")
    private Doomed which = new Doomed();

    /** Which ones; StateMesh's public command line has the id as an option. */
    private static final class Doomed {
        @Parameters(arity = "1..*", paramLabel = "NAME", description = "Whole names or ids.")
        List<String> names = new ArrayList<>();

        @Option(names = "--id", paramLabel = "ID", hidden = true)
        List<String> ids = new ArrayList<>();
    }

    @Option(names = "--ignore-missing", description = "What is not there is as good as deleted.")
    private boolean ignoreMissing;

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Mixin
    private final ProjectOption project = new ProjectOption();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public Delete(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            Applications applications = new Applications(api, project.name(session));
            List<ApplicationView> doomed = doomed(applications);
            if (doomed.isEmpty() || !confirmation.given(session, question(doomed, applications.project()))) {
                return 0;
            }
            Rollout rollout = new Rollout(applications, session.console());
            for (ApplicationView application : doomed) {
                api.delete(ApiPaths.application(applications.project(), application.name()));
            }
            for (ApplicationView application : doomed) {
                if (wait.wanted()) {
                    rollout.awaitGone(application.name(), wait.timeout());
                }
                session.console().done("deleted  " + application.name());
            }
        }
        return 0;
    }

    private List<ApplicationView> doomed(Applications applications) {
        List<ApplicationView> doomed = new ArrayList<>();
        for (String name : which.names.isEmpty() ? which.ids : which.names) {
            try {
                doomed.add(applications.findExactly(name));
            } catch (StateMeshException e) {
                if (!ignoreMissing || !e.code().equals(ClientErrors.NOT_FOUND)) {
                    throw e;
                }
                session.console().progress("  " + name + " is not there");
            }
        }
        return doomed;
    }

    private static String question(List<ApplicationView> doomed, String project) {
        List<String> parts = doomed.stream()
                .map(app -> "'" + app.name() + "' (" + Words.count(app.readyReplicas(), "ready replica") + ")")
                .toList();
        return "Delete " + String.join(", ", parts) + " in project '" + project + "'?";
    }
}
