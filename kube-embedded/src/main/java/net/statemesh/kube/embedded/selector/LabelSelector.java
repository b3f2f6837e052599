// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.selector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.statemesh.kube.embedded.object.Meta;
import net.statemesh.kube.embedded.status.ApiException;

/** A label selector in the form of the {@code labelSelector} parameter: equality-based and set-based requirements. */
public record LabelSelector(List<Requirement> requirements) {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());
    /** More requirements are refused. */
    static final int MAX_REQUIREMENTS = 256;

    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^=!<>\\s]+)\\s*(==|=|!=|<|>)\\s*(\\S*)");
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*([^=!<>\\s(),]+)");
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        NOT_EXISTS,
        LESS,
        GREATER
    }

    record Requirement(String key, Operator operator, Set<String> values) {
        boolean matches(JsonNode labels) {
            JsonNode value = labels.path(key);
            boolean present = value.isTextual();
            return switch (operator) {
                case IN -> present && values.contains(value.asText());
                case NOT_IN -> !present || !values.contains(value.asText());
                case EXISTS -> present;
                case NOT_EXISTS -> !present;
                case LESS -> present && compare(value.asText()) < 0;
                case GREATER -> present && compare(value.asText()) > 0;
            };
        }

        private int compare(String value) {
            try {
                return Long.compare(
                        Long.parseLong(value), Long.parseLong(values.iterator().next()));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    public static LabelSelector parse(String text) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        List<Requirement> requirements = new ArrayList<>();
        for (String part : COMMA.split(text, -1)) {
            requirements.add(requirement(part.strip(), text));
        }
        if (requirements.size() > MAX_REQUIREMENTS) {
            throw unparsable(text, "at most " + MAX_REQUIREMENTS + " requirements are accepted");
        }
        return new LabelSelector(List.copyOf(requirements));
    }

    public boolean matches(JsonNode object) {
        JsonNode labels = Meta.labels(object);
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    private static Requirement requirement(String part, String whole) {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Set<String> values = new TreeSet<>();
            Arrays.stream(set.group(3).split(",", -1)).map(String::strip).forEach(values::add);
            return new Requirement(set.group(1), set.group(2).equals("in") ? Operator.IN : Operator.NOT_IN, values);
        }
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            return new Requirement(equality.group(1), operator(equality.group(2)), Set.of(equality.group(3)));
        }
        Matcher exists = EXISTS.matcher(part);
        if (exists.matches()) {
            return new Requirement(
                    exists.group(2), exists.group(1).isEmpty() ? Operator.EXISTS : Operator.NOT_EXISTS, Set.of());
        }
        throw unparsable(
                whole,
                "found '" + part + "', expected: key, !key, key=value, key!=value, key in (a,b) or key notin (a,b)");
    }

    private static Operator operator(String sign) {
        return switch (sign) {
            case "!=" -> Operator.NOT_IN;
            case "<" -> Operator.LESS;
            case ">" -> Operator.GREATER;
            default -> Operator.IN;
        };
    }

    private static ApiException unparsable(String text, String why) {
        return ApiException.badRequest("unable to parse requirement: \"" + text + "\": " + why);
    }
}
