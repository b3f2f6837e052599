// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.output.ErrorPage;
import net.statemesh.cli.output.Format;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever a command threw into an error page and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final Pattern FOR_PROGRAMS = Pattern.compile(" (-o ?|--output[ =])json ");

    private final Session session;

    Failures(Session session) {
        this.session = session;
    }

    @Override
    public int handleParseException(ParameterException problem, String[] arguments) {
        if (problem.getCause() instanceof StateMeshException known) {
            return show(known, wantsJson(arguments));
        }
        CommandLine line = problem.getCommandLine();
        if (!line.getSubcommands().isEmpty() && !(problem instanceof UnmatchedArgumentException)) {
            line.usage(session.environment().err()); // a noun without a verb
            return CliErrors.USAGE.kind().exitCode();
        }
        List<String> next = new ArrayList<>();
        if (problem instanceof UnmatchedArgumentException unmatched) {
            unmatched.getSuggestions().stream().limit(3).forEach(next::add);
        }
        next.add(line.getCommandSpec().qualifiedName(" ") + " --help");
        return show(new StateMeshException(CliErrors.USAGE, sentence(problem), List.of(), next), wantsJson(arguments));
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine line, ParseResult result) {
        boolean json = wantsJson(result);
        return switch (problem) {
            case StateMeshException known -> show(known, json);
            case ParameterException usage -> handleParseException(usage, new String[0]);
            default ->
                show(
                        new StateMeshException(
                                CliErrors.UNEXPECTED,
                                "StateMesh has a defect here: "
                                        + problem.getClass().getSimpleName() + ".",
                                problem.getMessage() == null ? List.of() : List.of(problem.getMessage()),
                                List.of("run it again with --debug and report what it prints"),
                                problem),
                        json);
        };
    }

    private int show(StateMeshException problem, boolean json) {
        if (json) {
            session.environment().out().println(ErrorPage.json(problem));
        }
        session.environment()
                .err()
                .print(ErrorPage.text(problem, session.environment().colours()));
        if (session.options().debug()) {
            problem.printStackTrace(session.environment().err());
        }
        return problem.code().kind().exitCode();
    }

    private static String sentence(ParameterException problem) {
        String message =
                String.valueOf(problem.getMessage()).lines().findFirst().orElse("wrong usage");
        return message.endsWith(".") ? message : message + ".";
    }

    /** Where the command line could not be parsed. */
    private static boolean wantsJson(String[] arguments) {
        String all = " " + String.join(" ", arguments) + " ";
        return FOR_PROGRAMS.matcher(all).find();
    }

    private static boolean wantsJson(ParseResult result) {
        ParseResult leaf = result;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        return leaf.matchedOptionValue("-o", Format.TABLE) == Format.JSON;
    }
}
