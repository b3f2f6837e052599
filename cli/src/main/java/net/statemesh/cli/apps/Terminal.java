// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.List;
import java.util.concurrent.Callable;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;
import net.statemesh.cli.Environment;
import net.statemesh.cli.ProjectOption;
import net.statemesh.cli.Session;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.RemoteCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code apps terminal}: an interactive shell in a replica. */
@Command(mixinStandardHelpOptions = true)
public final class Terminal implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final ApplicationName name = new ApplicationName();

    @Option(
            names = "--shell",
            paramLabel = "PROGRAM",
            defaultValue = "sh",
            description = "Program to run (default: sh).")
    private String shell = "sh";

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final ProjectOption project = new ProjectOption();

    public Terminal(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Environment environment = session.environment();
        if (!environment.inIsTerminal() || !environment.outIsTerminal()) {
            throw new StateMeshException(
                    CliErrors.NEEDS_ANSWER,
                    "A terminal needs a terminal: standard input or output is not one.",
                    List.of(),
                    List.of("statemesh apps exec " + name.value() + " -i -- " + shell));
        }
        try (ApiClient api = session.api()) {
            Applications applications = new Applications(api, project.name(session));
            Logs.Source source = target.choose(applications, applications.find(name.value()));
            session.console().progress("shell in " + source.label() + "; exit or Ctrl-D ends it");
            RemoteCommand.Call call = new RemoteCommand.Call(
                    applications.project(), source.pod(), source.container(), List.of(shell), true, true);
            try (RemoteCommand remote = RemoteCommand.start(api, call, environment.out(), environment.err());
                    RawTerminal raw = RawTerminal.enter()) {
                raw.tellSize(size -> remote.resize(size.columns(), size.rows()));
                Thread.ofVirtual().name("terminal input").start(() -> remote.pump(environment.in()));
                return remote.exitCode();
            }
        }
    }
}
