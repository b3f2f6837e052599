// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.time.Instant;
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

/** {@code apps releases}. */
@Command(mixinStandardHelpOptions = true)
public final class ListReleases implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final ApplicationName name = new ApplicationName();

    @Mixin
    private final ProjectOption project = new ProjectOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    public ListReleases(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            Applications applications = new Applications(api, project.name(session));
            listing(Instant.now())
                    .print(
                            of(applications, applications.find(name.value())),
                            output.format(),
                            session.console(),
                            "The zone has not accepted a spec of it yet.");
        }
        return 0;
    }

    /** Newest first. */
    static List<ReleaseView> of(Applications applications, ApplicationView application) {
        return ReleaseView.all(applications.api().list(ApiPaths.releases(applications.project(), application.id())));
    }

    private static Listing<ReleaseView> listing(Instant now) {
        return new Listing<>(
                List.of(
                        Column.of("RELEASE", release -> Long.toString(release.number())),
                        Column.of("STATE", ReleaseView::state),
                        Column.of("IMAGE", ReleaseView::image),
                        Column.of("BY", ReleaseView::by),
                        Column.of("AGE", release -> Ages.since(release.created(), now)),
                        Column.of("CHANGED", ReleaseView::changed)),
                release -> Long.toString(release.number()),
                ReleaseView::document);
    }
}
