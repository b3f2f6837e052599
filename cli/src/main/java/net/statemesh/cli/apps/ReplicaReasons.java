// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.statemesh.api.Annotations;
import net.statemesh.cli.output.Ages;

/**
 * Why one replica is where it is, and why its containers ended.
 *
 * @param node empty until it has one
 * @param decision what the scheduler recorded: {@code {"node", "fitting", "looked", "total", "nodes": {NAME: {"total", "scores"} or
 *     {"refused"}}, "reasons": [{"filter", "reason", "nodes", …}], "advice": […], "preemption": {"node", "victims"}}}
 * @param pod as the API server sent it
 */
record ReplicaReasons(String name, String node, JsonNode decision, JsonNode pod) {

    static ReplicaReasons of(JsonNode pod) {
        String recorded =
                pod.at("/metadata/annotations").path(Annotations.DECISION).asText("");
        return new ReplicaReasons(
                pod.at("/metadata/name").asText(), pod.at("/spec/nodeName").asText(""), parse(recorded), pod);
    }

    private static JsonNode parse(String recorded) {
        try {
            return recorded.isEmpty() ? MissingNode.getInstance() : new ObjectMapper().readTree(recorded);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    List<String> lines(Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + name + (node.isEmpty() ? " has no node yet" : " is on " + node));
        for (JsonNode condition : pod.at("/status/conditions")) {
            if (condition.path("type").asText().equals("PodScheduled")
                    && condition.path("status").asText().equals("False")) {
                lines.add("    " + condition.path("message").asText());
            }
        }
        placement(lines);
        for (JsonNode status : pod.at("/status/containerStatuses")) {
            containerLines(status, now, lines);
        }
        return lines;
    }

    /** Node by node, then how many nodes each filter refused, then what would help. */
    private void placement(List<String> lines) {
        for (Map.Entry<String, JsonNode> candidate : decision.path("nodes").properties()) {
            lines.add("    " + candidate.getKey() + "  " + verdict(candidate.getKey(), candidate.getValue()));
        }
        int told = decision.path("nodes").size();
        int total = decision.path("total").asInt(told);
        if (total > told) {
            lines.add("    " + (total - told) + " nodes more, "
                    + (total - decision.path("looked").asInt(total)) + " of them not looked at; by filter:");
            for (JsonNode reason : decision.path("reasons")) {
                lines.add("      " + reason.path("filter").asText() + " refused "
                        + reason.path("nodes").asInt() + ": "
                        + reason.path("reason").asText());
            }
        }
        decision.path("advice").forEach(advice -> lines.add("    to make it fit: " + advice.asText()));
        JsonNode preemption = decision.path("preemption");
        if (preemption.isObject()) {
            List<String> victims = new ArrayList<>();
            preemption.path("victims").forEach(victim -> victims.add(victim.asText()));
            lines.add("    room is made on " + preemption.path("node").asText()
                    + (victims.isEmpty()
                            ? " by replicas that are ending"
                            : " by ending " + String.join(", ", victims)));
        }
    }

    private String verdict(String candidate, JsonNode verdict) {
        if (verdict.has("refused")) {
            List<String> reasons = new ArrayList<>();
            for (int i = 0; i < verdict.get("refused").size(); i++) {
                String filter = verdict.path("filters").path(i).asText("");
                reasons.add(verdict.get("refused").get(i).asText() + (filter.isEmpty() ? "" : " [" + filter + "]"));
            }
            return "not here: " + String.join(", ", reasons);
        }
        List<String> scores = new ArrayList<>();
        verdict.path("scores")
                .properties()
                .forEach(score -> scores.add(
                        score.getKey() + " " + number(score.getValue().asDouble())));
        return (candidate.equals(node) ? "here: " : "would fit: ")
                + number(verdict.path("total").asDouble()) + " (" + String.join(", ", scores) + ")";
    }

    private static void containerLines(JsonNode status, Instant now, List<String> lines) {
        String container = status.path("name").asText();
        JsonNode waiting = status.at("/state/waiting");
        if (waiting.isObject()) {
            lines.add("    container " + container + " waits: "
                    + waiting.path("reason").asText()
                    + suffix(waiting.path("message").asText("")));
        }
        for (String state : List.of("/state/terminated", "/lastState/terminated")) {
            JsonNode ended = status.at(state);
            if (ended.isObject()) {
                lines.add("    container " + container + " ended "
                        + Ages.since(ended.path("finishedAt").asText(""), now)
                        + " ago with exit code " + ended.path("exitCode").asInt() + ": "
                        + ended.path("reason").asText()
                        + suffix(ended.path("message").asText("")));
            }
        }
        if (status.path("restartCount").asInt() > 0) {
            lines.add("    container " + container + " was restarted "
                    + status.path("restartCount").asInt() + " times");
        }
    }

    private static String suffix(String message) {
        return message.isEmpty() ? "" : ", " + message.strip();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
