// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.cli.Environment;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.RemoteCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code apps exec}: the command's exit code is this command's exit code. */
@Command(mixinStandardHelpOptions = true)
public final class Exec implements Callable<Integer> {
    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "Application: name, id, or a start of one that is unique.")
    private String name = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "Command and its arguments.")
    private List<String> command = new ArrayList<>();

    @Option(
            names = {"-i", "--stdin"},
            description = "Pass standard input on.")
    private boolean input;

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final ProjectOption project = new ProjectOption();

    public Exec(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Environment environment = session.environment();
        try (ApiClient api = session.api()) {
            Applications applications = new Applications(api, project.name(session));
            Logs.Source source = target.choose(applications, applications.find(name));
            if (input && !environment.inIsTerminal()) {
                try (CountedInput content = CountedInput.of(environment.in()::transferTo)) {
                    return run(api, call(applications, source, content.commandFor(command)), content.open());
                }
            }
            return run(api, call(applications, source, command), environment.in());
        }
    }

    private RemoteCommand.Call call(Applications applications, Logs.Source source, List<String> words) {
        return new RemoteCommand.Call(applications.project(), source.pod(), source.container(), words, input, false);
    }

    private int run(ApiClient api, RemoteCommand.Call call, InputStream in) {
        Environment environment = session.environment();
        try (RemoteCommand remote = RemoteCommand.start(api, call, environment.out(), environment.err())) {
            if (input) {
                // on a thread of its own: the command may end while nobody types
                Thread.ofVirtual().name("exec input").start(() -> remote.pump(in));
            }
            return remote.exitCode();
        }
    }
}
