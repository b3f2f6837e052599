// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.statemesh.api.error.StateMeshException;

/** How a failure looks: code and sentence, evidence, what to try. */
public final class ErrorPage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RED = "\u001B[31m";
    private static final String BOLD = "\u001B[1m";
    private static final String PLAIN = "\u001B[0m";

    private ErrorPage() {}

    /** For people; ends with a line break. */
    public static String text(StateMeshException problem, boolean colours) {
        StringBuilder page = new StringBuilder();
        page.append(colours ? RED + BOLD + "error" + PLAIN : "error");
        page.append(' ').append(problem.code()).append(": ").append(problem.sentence());
        page.append('\n');
        for (String line : problem.evidence()) {
            line.lines().forEach(part -> page.append("  ").append(part).append('\n'));
        }
        if (!problem.next().isEmpty()) {
            page.append("  try: ").append(String.join(" · ", problem.next())).append('\n');
        }
        return page.toString();
    }

    /** For programs: {@code {"error":{"code","message","evidence","next","exitCode"}}}. */
    public static String json(StateMeshException problem) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode error = root.putObject("error");
        error.put("code", problem.code().code());
        error.put("message", problem.sentence());
        ArrayNode evidence = error.putArray("evidence");
        problem.evidence().forEach(evidence::add);
        ArrayNode next = error.putArray("next");
        problem.next().forEach(next::add);
        error.put("exitCode", problem.code().kind().exitCode());
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }
}
