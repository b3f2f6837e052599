// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.completion.Candidates;
import net.statemesh.cli.output.ErrorPage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Runs command lines: the entries of the {@link Menu} as a tree of picocli's. */
public final class Commands {
    private static final int WIDTH = UsageMessageSpec.DEFAULT_USAGE_WIDTH + 20;

    private Commands() {}

    /** All commands of this room, for help and completion. */
    public static CommandLine root() {
        return root(Environment.ofProcess(), List.of());
    }

    /** All commands of this room and {@code more}, by name and summary only. */
    public static CommandLine root(Environment environment, List<CommandEntry> more) {
        return tree(environment, Menu.with(more), List.of());
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
            complete(environment, Menu.with(more), words.subList(1, words.size()));
        } else if (words.isEmpty()) {
            tree(environment, Menu.with(more), words).usage(environment.err());
            code = CliErrors.USAGE.kind().exitCode();
        } else {
            code = tree(environment, Menu.with(more), words).execute(arguments);
        }
        environment.out().flush();
        environment.err().flush();
        return code;
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

    /** Commands that {@code words} name are whole; the others only have a name and a summary. */
    private static CommandLine tree(Environment environment, List<CommandEntry> entries, List<String> words) {
        Root root = new Root();
        CommandLine line = new CommandLine(root);
        Session session = new Session(environment, root.options);
        for (CommandEntry entry : entries) {
            line.addSubcommand(entry.name(), of(entry, session, words));
        }
        line.getCommandSpec()
                .usageMessage()
                .footer("", "Verbs of apps also work without the noun: statemesh deploy, list, logs, …", "");
        line.setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(environment.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler(new Failures(session));
        line.setExecutionExceptionHandler(new Failures(session));
        line.setExecutionStrategy(parsed -> session.options().showConfig()
                ? ShowConfig.print(session, parsed)
                : new CommandLine.RunLast().execute(parsed));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(WIDTH);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                environment.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return line;
    }

    private static CommandLine of(CommandEntry entry, Session session, List<String> words) {
        if (!words.contains(entry.name())) {
            CommandSpec spec = CommandSpec.create();
            boolean hidden = entry instanceof CommandEntry.Leaf leaf && leaf.shortForm();
            spec.usageMessage().description(entry.summary()).hidden(hidden);
            return new CommandLine(spec);
        }
        CommandLine line = switch (entry) {
            case CommandEntry.Leaf leaf -> new CommandLine(leaf.make().apply(session));
            case CommandEntry.Group group -> {
                CommandLine noun = new CommandLine(new Noun());
                group.verbs().forEach(verb -> noun.addSubcommand(verb.name(), of(verb, session, words)));
                yield noun;
            }
        };
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        usage.description(Stream.concat(Stream.of(entry.summary()), Arrays.stream(usage.description()))
                .toArray(String[]::new));
        return line;
    }

    /** The word {@code statemesh} alone. */
    @Command(
            name = "statemesh",
            description = "A cloud nobody owns.",
            mixinStandardHelpOptions = true,
            version = "statemesh 0.1.0",
            synopsisSubcommandLabel = "COMMAND")
    private static final class Root {
        @Mixin
        private final GlobalOptions options = new GlobalOptions();
    }

    /** A noun without a verb. */
    @Command(mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
    private static final class Noun {}
}
