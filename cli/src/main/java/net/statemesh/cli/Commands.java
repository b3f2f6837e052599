// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.statemesh.cli.vdf.VdfCommands;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command tree: every group of commands is registered here. */
public final class Commands {
    /** What this room offers; the launcher adds its own (up, down, status, …). */
    private static List<CommandEntry> entries() {
        return List.of(VdfCommands.group());
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
        CommandLine root = tree(environment, all(more), Arrays.asList(arguments));
        int code = root.execute(arguments);
        environment.out().flush();
        environment.err().flush();
        return code;
    }

    private static List<CommandEntry> all(List<CommandEntry> more) {
        List<CommandEntry> all = new ArrayList<>(more);
        all.addAll(entries());
        return all;
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
