// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.output.Ages;
import net.statemesh.cli.output.Listing;
import net.statemesh.cli.output.Listing.Column;
import net.statemesh.cli.output.OutputOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code apps list}. */
@Command(mixinStandardHelpOptions = true)
public final class ListApplications implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final ProjectOption project = new ProjectOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(
            names = {"-A", "--all-projects"},
            description = "Of every project that you may see.")
    private boolean allProjects;

    public ListApplications(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            List<ApplicationView> applications = allProjects
                    ? api.list(ApiPaths.allApplications()).stream()
                            .map(ApplicationView::of)
                            .sorted(Comparator.comparing(ApplicationView::project)
                                    .thenComparing(ApplicationView::name))
                            .toList()
                    : new Applications(api, project.name(session)).all();
            listing(Instant.now(), allProjects).print(applications, output.format(), session.console(), nothing());
        }
        return 0;
    }

    static Listing<ApplicationView> listing(Instant now, boolean withProject) {
        List<Column<ApplicationView>> columns = new ArrayList<>();
        if (withProject) {
            columns.add(Column.of("PROJECT", ApplicationView::project));
        }
        columns.add(Column.of("NAME", ApplicationView::name));
        columns.add(Column.of("PHASE", ApplicationView::phaseOrPending));
        columns.add(Column.of("READY", ApplicationView::ready));
        columns.add(Column.of("AGE", app -> Ages.since(app.created(), now)));
        columns.add(Column.wide("ID", ApplicationView::id));
        columns.add(Column.wide("IMAGE", ApplicationView::image));
        columns.add(Column.wide("REASON", app -> app.reason().isEmpty() ? "-" : app.reason()));
        columns.add(Column.of("URL", ApplicationView::url));
        return new Listing<>(columns, ApplicationView::name, ApplicationView::document);
    }

    private String nothing() {
        return allProjects
                ? "No applications yet. Next: statemesh apps deploy NAME --image REF"
                : "No applications in project '" + project.name(session)
                        + "' yet. Next: statemesh apps deploy NAME --image REF";
    }
}
