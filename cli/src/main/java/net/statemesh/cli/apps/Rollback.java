// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.WaitOptions;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.output.OutputOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code apps rollback}: the spec of an earlier release as a new one; how many replicas run stays as it is. */
@Command(mixinStandardHelpOptions = true)
public final class Rollback implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final ApplicationName name = new ApplicationName();

    @Option(
            names = "--to",
            paramLabel = "RELEASE",
            description = "Number of the release; else the last that served before this one.")
    private @Nullable Long to;

    @Mixin
    private final ProjectOption project = new ProjectOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WaitOptions wait = new WaitOptions();

    public Rollback(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (ApiClient api = session.api()) {
            Applications applications = new Applications(api, project.name(session));
            ApplicationView application = applications.find(name.value());
            ReleaseView target = target(application, ListReleases.of(applications, application));
            session.console().progress(application.name() + "  back to release " + target.number());
            Deployment deployment = new Deployment(
                    applications,
                    session.console(),
                    session.firstAnswer(),
                    new Deployment.Mode(false, false, wait.wanted(), wait.timeout()));
            ApplicationSpec now = Statuses.spec(application.object());
            ApplicationSpec spec = target.template().toBuilder()
                    .replicas(now.replicas())
                    .stopped(now.stopped())
                    .build();
            new DeployReport(session.console(), output.format(), false)
                    .print(List.of(deployment.fromSpec(application, spec)));
        }
        return 0;
    }

    private ReleaseView target(ApplicationView application, List<ReleaseView> releases) {
        long current = application.object().at("/status/release/number").asLong();
        Optional<ReleaseView> found = to == null
                ? releases.stream()
                        .filter(release -> release.served() && release.number() != current)
                        .findFirst()
                : releases.stream().filter(release -> release.number() == to).findFirst();
        return found.orElseThrow(() -> new StateMeshException(
                RolloutErrors.NO_RELEASE,
                to == null
                        ? "'" + application.name() + "' has no earlier release that served."
                        : "'" + application.name() + "' has no release " + to + ".",
                releases.stream()
                        .map(release -> "release " + release.number() + "  " + release.state() + "  " + release.image())
                        .toList(),
                List.of("statemesh apps releases " + application.name())));
    }
}
