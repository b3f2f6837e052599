// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ApplicationSpecBuilder;
import net.statemesh.api.application.Domain;
import net.statemesh.api.application.Placement;
import net.statemesh.api.application.Placement.Gang;
import net.statemesh.api.application.Placement.Neighbour;
import net.statemesh.api.application.Placement.Rule;
import net.statemesh.api.application.Placement.Spread;
import net.statemesh.api.application.Priority;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Mixin: who goes first, and where replicas go. What is not given stays as it is. */
final class PlacementFlags {
    private static final String NONE = "none";
    private static final Choice<Domain> DOMAINS = Choice.among(Domain.values(), Domain::word);
    private static final Choice<Rule> RULES =
            Choice.among(Rule.values(), rule -> rule.name().toLowerCase(Locale.ROOT));

    @Option(
            names = "--priority",
            paramLabel = "PRIORITY",
            description = "Who goes first when there is not room for all: Low, Normal or High.")
    @Nullable
    Priority priority;

    @Option(
            names = "--spread",
            paramLabel = "DOMAIN[:RULE]",
            description = "Replicas evenly over every node, operator, zone or region; preferred unless RULE is"
                    + " required. Repeatable; none ends it.")
    List<String> spread = new ArrayList<>();

    @Option(
            names = "--near",
            paramLabel = "APP[:DOMAIN][:RULE]",
            description = "Replicas where APP has one: in the same DOMAIN (node), required unless RULE is preferred."
                    + " Repeatable; none ends it.")
    List<String> near = new ArrayList<>();

    @Option(
            names = "--apart",
            paramLabel = "APP[:DOMAIN][:RULE]",
            description = "Replicas where APP has none; its own name keeps them apart. Repeatable; none ends it.")
    List<String> apart = new ArrayList<>();

    @Option(
            names = "--gang",
            negatable = true,
            description = "All replicas get a node at once, or none does; --no-gang ends it.")
    @Nullable
    Boolean gang;

    @Option(
            names = "--require",
            paramLabel = "NAME=VALUE",
            description = "What a node must have: " + RequirementWords.NAMES
                    + ". Repeatable; no VALUE ends it. Example: --require disk=nvme,ssd")
    List<String> require = new ArrayList<>();

    boolean isEmpty() {
        return priority == null
                && spread.isEmpty()
                && near.isEmpty()
                && apart.isEmpty()
                && gang == null
                && require.isEmpty();
    }

    void change(Optional<ApplicationSpec> before, ApplicationSpecBuilder spec) {
        if (priority != null) {
            spec.priority(priority);
        }
        if (!require.isEmpty()) {
            spec.requirements(RequirementWords.change(
                    before.map(ApplicationSpec::requirements).orElse(null), require));
        }
        Placement had = before.map(ApplicationSpec::placement).orElse(Placement.NONE);
        Placement wanted = new Placement(
                rules(had.spread(), spread, PlacementFlags::spread),
                rules(had.near(), near, text -> neighbour("--near", text)),
                rules(had.apart(), apart, text -> neighbour("--apart", text)),
                gang(had.gang()));
        spec.placement(wanted.equals(Placement.NONE) ? null : wanted);
    }

    private static <T> List<T> rules(List<T> had, List<String> given, Function<String, T> rule) {
        if (given.isEmpty()) {
            return had;
        }
        return given.equals(List.of(NONE))
                ? List.of()
                : given.stream().map(rule).toList();
    }

    private @Nullable Gang gang(@Nullable Gang had) {
        if (gang == null) {
            return had;
        }
        if (!gang) {
            return null;
        }
        return had == null ? new Gang(Gang.DEFAULT_TIMEOUT_SECONDS) : had;
    }

    private static Spread spread(String text) {
        String[] words = text.split(":", -1);
        Rule rule = Rule.PREFERRED;
        for (int i = 1; i < words.length; i++) {
            rule = RULES.of(words[i], "the rule of --spread " + text);
        }
        return new Spread(DOMAINS.of(words[0], "--spread"), 1, rule);
    }

    private static Neighbour neighbour(String option, String text) {
        String[] words = text.split(":", -1);
        Domain domain = Domain.NODE;
        Rule rule = Rule.REQUIRED;
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            Optional<Rule> named = RULES.find(word);
            if (named.isPresent()) {
                rule = named.get();
            } else {
                domain = DOMAINS.find(word)
                        .orElseThrow(() ->
                                Choice.refusal(option + " " + text, word, DOMAINS.words() + ", and " + RULES.words()));
            }
        }
        return new Neighbour(words[0], domain, rule);
    }
}
