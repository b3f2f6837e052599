// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.completion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What may stand where the cursor is: commands, options, values of options, names in the zone. */
public final class Candidates {
    /** The hidden command that completion scripts call with the words up to the cursor. */
    public static final String COMMAND = "__complete";

    private static final int MAX_NAMES = 500;

    private final CommandLine root;
    private final String project;
    private final Supplier<ApiClient> api;

    /** {@code api} is asked only where a name is wanted; {@code project} is the one that names are looked up in. */
    public Candidates(CommandLine root, String project, Supplier<ApiClient> api) {
        this.root = root;
        this.project = project;
        this.api = api;
    }

    /** Candidates for the last of {@code words}, which may be empty; sorted as commands are listed. */
    public List<String> of(List<String> words) {
        String typed = words.isEmpty() ? "" : words.getLast();
        CommandLine at = root;
        String group = "";
        String previous = "";
        for (String word : words.subList(0, Math.max(0, words.size() - 1))) {
            CommandLine next = at.getSubcommands().get(word);
            if (next != null) {
                group = group.isEmpty() ? word : group;
                at = next;
            }
            previous = word;
        }
        return candidates(at, group, previous, typed).stream()
                .filter(candidate -> candidate.startsWith(typed))
                .toList();
    }

    private List<String> candidates(CommandLine at, String group, String previous, String typed) {
        OptionSpec awaiting = optionThatWaits(at, previous);
        if (awaiting != null) {
            return values(awaiting);
        }
        if (typed.startsWith("-")) {
            List<String> options = new ArrayList<>();
            for (OptionSpec option : at.getCommandSpec().options()) {
                if (!option.hidden()) {
                    options.add(option.longestName());
                }
            }
            return options;
        }
        if (!at.getSubcommands().isEmpty()) {
            return List.copyOf(at.getSubcommands().keySet());
        }
        var positionals = at.getCommandSpec().positionalParameters();
        if (positionals.isEmpty()) {
            return List.of();
        }
        Iterable<String> fixed = positionals.getFirst().completionCandidates();
        if (fixed != null) {
            List<String> words = new ArrayList<>();
            fixed.forEach(words::add);
            return words;
        }
        return switch (positionals.getFirst().paramLabel()) {
            case "NODE" -> names(ApiPaths.nodes());
            case "NAME", "FROM", "TO" ->
                names(group.equals("projects") ? ApiPaths.projects() : ApiPaths.applications(project));
            default -> List.of();
        };
    }

    private static @Nullable OptionSpec optionThatWaits(CommandLine at, String previous) {
        OptionSpec option = at.getCommandSpec().findOption(previous);
        return option != null && option.arity().max() > 0 ? option : null;
    }

    private List<String> values(OptionSpec option) {
        List<String> values = new ArrayList<>();
        if (option.longestName().equals("--project")) {
            return names(ApiPaths.projects());
        }
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(values::add);
        }
        return values;
    }

    /** Names of a collection; none when the zone does not answer: a completion must never complain. */
    private List<String> names(String path) {
        try (ApiClient client = api.get()) {
            List<String> names = new ArrayList<>();
            for (JsonNode object : client.list(path)) {
                names.add(object.at("/metadata/name").asText());
            }
            names.sort(null);
            return names.subList(0, Math.min(names.size(), MAX_NAMES));
        } catch (StateMeshException e) {
            return List.of();
        }
    }
}
