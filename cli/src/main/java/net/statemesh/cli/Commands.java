// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import static net.statemesh.cli.CommandEntry.leaf;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.apps.Copy;
import net.statemesh.cli.apps.Delete;
import net.statemesh.cli.apps.Deploy;
import net.statemesh.cli.apps.Exec;
import net.statemesh.cli.apps.Explain;
import net.statemesh.cli.apps.InfoCommand;
import net.statemesh.cli.apps.ListApplications;
import net.statemesh.cli.apps.LogsCommand;
import net.statemesh.cli.apps.Restart;
import net.statemesh.cli.apps.Scale;
import net.statemesh.cli.apps.Start;
import net.statemesh.cli.apps.Stop;
import net.statemesh.cli.apps.Terminal;
import net.statemesh.cli.completion.Candidates;
import net.statemesh.cli.completion.Completion;
import net.statemesh.cli.nodes.ListNodes;
import net.statemesh.cli.nodes.NodeInfo;
import net.statemesh.cli.output.ErrorPage;
import net.statemesh.cli.projects.CreateProject;
import net.statemesh.cli.projects.DeleteProject;
import net.statemesh.cli.projects.ListProjects;
import net.statemesh.cli.projects.UseProject;
import net.statemesh.cli.vdf.VdfCommands;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command tree: every group of commands is registered here. */
public final class Commands {
    /** What this room offers; the launcher adds its own (up, down, status, …). */
    private static List<CommandEntry> entries() {
        return List.of(
                CommandEntry.group(
                        "apps",
                        "Deploy applications and look after them.",
                        leaf("deploy", Deploy::new),
                        leaf("list", ListApplications::new),
                        leaf("info", InfoCommand::new),
                        leaf("logs", LogsCommand::new),
                        leaf("explain", Explain::new),
                        leaf("scale", Scale::new),
                        leaf("restart", Restart::new),
                        leaf("stop", Stop::new),
                        leaf("start", Start::new),
                        leaf("exec", Exec::new),
                        leaf("terminal", Terminal::new),
                        leaf("copy", Copy::new),
                        leaf("delete", Delete::new)),
                CommandEntry.group(
                        "projects",
                        "Separate applications, with owners and quotas.",
                        leaf("list", ListProjects::new),
                        leaf("create", CreateProject::new),
                        leaf("use", UseProject::new),
                        leaf("delete", DeleteProject::new)),
                CommandEntry.group(
                        "node", "Machines of the zone.", leaf("list", ListNodes::new), leaf("info", NodeInfo::new)),
                VdfCommands.group(),
                // short forms of StateMesh's public command line
                leaf("deploy", Deploy::new),
                leaf("install", Deploy::new),
                leaf("list", ListApplications::new),
                leaf("info", InfoCommand::new),
                leaf("logs", LogsCommand::new),
                leaf("scale", Scale::new),
                leaf("start", Start::new),
                leaf("stop", Stop::new),
                leaf("restart", Restart::new),
                leaf("delete", Delete::new),
                leaf("terminal", Terminal::new),
                leaf("copy", Copy::new),
                leaf("completion", Completion::new));
    }

    private Commands() {}

    /** All commands of this room, for help and completion. */
    public static CommandLine root() {
        return root(Environment.ofProcess(), List.of());
    }

    /** All commands of this room and {@code more}. */
    public static CommandLine root(Environment environment, List<CommandEntry> more) {
        return tree(environment, all(more), List.of());
    }

    /**
     * Runs one command line and returns its exit code: 0 ok, 1 user, 2 platform, 3 timeout, 4 not authorised.
     *
     * @param more commands of other rooms
     */
    public static int run(Environment environment, List<CommandEntry> more, String... arguments) {
        List<String> words = Arrays.asList(arguments);
        int code = 0;
        if (!words.isEmpty() && words.getFirst().equals(Candidates.COMMAND)) {
            complete(environment, all(more), words.subList(1, words.size()));
        } else {
            code = tree(environment, all(more), words).execute(arguments);
        }
        environment.out().flush();
        environment.err().flush();
        return code;
    }

    /** Groups of the same name become one. */
    private static List<CommandEntry> all(List<CommandEntry> more) {
        Map<String, CommandEntry> all = new LinkedHashMap<>();
        for (List<CommandEntry> source : List.of(more, entries())) {
            for (CommandEntry entry : source) {
                all.merge(entry.name(), entry, Commands::merged);
            }
        }
        return List.copyOf(all.values());
    }

    private static CommandEntry merged(CommandEntry first, CommandEntry second) {
        if (first instanceof CommandEntry.Group one && second instanceof CommandEntry.Group other) {
            List<CommandEntry.Leaf> verbs = new ArrayList<>(other.verbs());
            verbs.addAll(one.verbs());
            return new CommandEntry.Group(other.name(), other.description(), List.copyOf(verbs));
        }
        return first; // another room's command of the same name goes before the short form
    }

    private static void complete(Environment environment, List<CommandEntry> entries, List<String> words) {
        Session session = new Session(environment, new GlobalOptions());
        try {
            new Candidates(
                            tree(environment, entries, words),
                            session.context().project().value(),
                            session::api)
                    .of(words)
                    .forEach(environment.out()::println);
        } catch (StateMeshException e) {
            environment.err().print(ErrorPage.text(e, false)); // completion scripts throw it away
        }
    }

    /** Makes only what {@code words} name; everything at a level where they name nothing. */
    private static CommandLine tree(Environment environment, List<CommandEntry> entries, List<String> words) {
        Root root = new Root();
        CommandLine line = new CommandLine(root);
        Session session = new Session(environment, root.options);
        List<CommandEntry> named =
                entries.stream().filter(entry -> words.contains(entry.name())).toList();
        for (CommandEntry entry : named.isEmpty() ? entries : named) {
            switch (entry) {
                case CommandEntry.Leaf leaf ->
                    line.addSubcommand(leaf.name(), leaf.make().apply(session));
                case CommandEntry.Group group -> line.addSubcommand(group.name(), groupLine(group, session, words));
            }
        }
        line.setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(environment.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler(new Failures(session));
        line.setExecutionExceptionHandler(new Failures(session));
        line.setExecutionStrategy(parsed -> session.options().showConfig()
                ? ShowConfig.print(session, parsed)
                : new CommandLine.RunLast().execute(parsed));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                environment.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return line;
    }

    private static CommandLine groupLine(CommandEntry.Group group, Session session, List<String> words) {
        CommandLine line = new CommandLine(new Noun());
        line.getCommandSpec().usageMessage().description(group.description());
        List<CommandEntry.Leaf> named = group.verbs().stream()
                .filter(verb -> words.contains(verb.name()))
                .toList();
        for (CommandEntry.Leaf verb : named.isEmpty() ? group.verbs() : named) {
            line.addSubcommand(verb.name(), verb.make().apply(session));
        }
        return line;
    }

    /** The word {@code statemesh} alone. */
    @Command(
            name = "statemesh",
            description = "A cloud nobody owns.",
            mixinStandardHelpOptions = true,
            version = "statemesh 0.1.0",
            synopsisSubcommandLabel = "COMMAND",
            usageHelpWidth = UsageMessageSpec.DEFAULT_USAGE_WIDTH + 20)
    private static final class Root {
        @Mixin
        private final GlobalOptions options = new GlobalOptions();
    }

    /** A noun without a verb. */
    @Command(mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
    private static final class Noun {}
}
