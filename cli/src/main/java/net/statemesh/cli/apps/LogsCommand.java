// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.WaitOptions;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.client.ClientErrors;
import net.statemesh.cli.output.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code apps logs}: all replicas in one stream, in the order of time. */
@Command(mixinStandardHelpOptions = true)
public final class LogsCommand implements Callable<Integer> {
    private static final int MAX_SOURCES = 200;
    /** Of all replicas together, where no --tail says how many. */
    private static final int MAX_LINES = 50_000;

    private static final int MIN_LINES = 200;

    private final Session session;

    @Mixin
    private final ApplicationName name = new ApplicationName();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with new lines, also of new replicas.")
    private boolean follow;

    @Option(names = "--previous", description = "Of the run before the last restart.")
    private boolean previous;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = WaitOptions.Converter.class,
            description = "Only lines of the last 30s, 5m, 1h.")
    private @Nullable Duration since;

    @Option(names = "--tail", paramLabel = "N", description = "Only the last N lines of each replica.")
    private @Nullable Integer tail;

    @Option(names = "--grep", paramLabel = "REGEX", description = "Only lines in which the expression is found.")
    private String grep = "";

    @Option(names = "--replica", paramLabel = "REPLICA", description = "Only of replicas whose name starts or ends so.")
    private String replica = "";

    @Option(names = "--timestamps", description = "Time in front of each line.")
    private boolean timestamps;

    @Mixin
    private final ProjectOption project = new ProjectOption();

    public LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Pattern pattern = pattern();
        try (ApiClient api = session.api()) {
            Applications applications = new Applications(api, project.name(session));
            ApplicationView application = applications.find(name.value());
            Logs logs = new Logs(api, applications.project());
            List<Logs.Source> sources = wanted(logs.sources(application.name()));
            if (sources.isEmpty() && !follow) {
                nothingToShow(application, logs);
                return 0;
            }
            if (follow) {
                followAll(applications, application, logs, pattern);
            } else {
                printAll(logs, sources, pattern);
            }
        }
        return 0;
    }

    private void printAll(Logs logs, List<Logs.Source> sources, Pattern pattern) {
        int most = tail == null ? Math.max(MIN_LINES, MAX_LINES / sources.size()) : Math.max(0, tail);
        List<Logs.Line> lines = new ArrayList<>();
        for (Logs.Source source : sources) {
            try {
                List<Logs.Line> last = logs.read(source, query() + "&tailLines=" + most);
                if (tail == null && last.size() == most) {
                    session.console()
                            .progress("(" + source.label() + ": the last " + most + " lines; more with --tail)");
                }
                lines.addAll(last);
            } catch (StateMeshException e) {
                // one replica without logs (just created, or no previous run) must not hide the others
                session.console().progress("(" + source.label() + ": " + e.sentence() + ")");
            }
        }
        if (lines.isEmpty()) {
            session.console().progress("No log lines yet.");
        }
        lines.sort(Comparator.comparing(Logs.Line::time));
        lines.stream().filter(line -> pattern.matcher(line.text()).find()).forEach(this::print);
    }

    private void followAll(Applications applications, ApplicationView application, Logs logs, Pattern pattern) {
        String query = query() + (tail == null ? "" : "&tailLines=" + Math.max(0, tail));
        new LogFollower(logs, () -> wanted(logs.sources(application.name())), query, line -> {
                    if (pattern.matcher(line.text()).find()) {
                        print(line);
                    }
                })
                .follow(applications.api(), ApiPaths.replicas(applications.project(), application.name()));
    }

    private synchronized void print(Logs.Line line) {
        Console console = session.console();
        String time = timestamps ? line.time() + " " : "";
        console.result(console.dim(line.source() + " |") + " " + time + line.text());
        session.environment().out().flush();
    }

    private List<Logs.Source> wanted(List<Logs.Source> all) {
        return all.stream()
                .filter(source ->
                        source.pod().startsWith(replica) || source.pod().endsWith(replica))
                .limit(MAX_SOURCES)
                .toList();
    }

    private String query() {
        String query = previous ? "&previous=true" : "";
        return since == null ? query : query + "&sinceSeconds=" + Math.max(1, since.toSeconds());
    }

    private Pattern pattern() {
        try {
            return Pattern.compile(grep);
        } catch (PatternSyntaxException e) {
            throw new StateMeshException(
                    CliErrors.USAGE,
                    "--grep is '" + grep + "': accepted is a regular expression (" + e.getDescription() + ").",
                    List.of(),
                    List.of("quote special characters: \\[ \\( \\*"),
                    e);
        }
    }

    private void nothingToShow(ApplicationView application, Logs logs) {
        List<String> pods = logs.sources(application.name()).stream()
                .map(Logs.Source::pod)
                .distinct()
                .toList();
        if (!replica.isEmpty() && !pods.isEmpty()) {
            throw new StateMeshException(
                    ClientErrors.NOT_FOUND,
                    "'" + application.name() + "' has no replica '" + replica + "'.",
                    List.of("replicas: " + String.join(", ", pods)),
                    List.of("statemesh apps info " + application.name()));
        }
        session.console()
                .progress("'" + application.name() + "' has no replicas (" + application.phaseOrPending()
                        + "). Next: statemesh apps explain " + application.name());
    }
}
