// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import net.statemesh.kube.embedded.object.Meta;

/** Cells of a pod, by the rules of kubectl get pods. */
final class PodCells {
    private static final String NONE = "<none>";

    private PodCells() {}

    static List<Column> columns() {
        return List.of(
                Column.objectName(),
                Column.text("Ready", (pod, now) -> ready(pod)),
                Column.text("Status", (pod, now) -> status(pod)),
                Column.text("Restarts", PodCells::restarts),
                Column.age(),
                Column.wide("IP", (pod, now) -> orNone(pod.at("/status/podIP").asText(""))),
                Column.wide(
                        "Node", (pod, now) -> orNone(pod.at("/spec/nodeName").asText(""))),
                Column.wide(
                        "Nominated Node",
                        (pod, now) -> orNone(pod.at("/status/nominatedNodeName").asText(""))),
                Column.wide("Readiness Gates", (pod, now) -> NONE));
    }

    static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }

    private static String ready(JsonNode pod) {
        int ready = 0;
        for (JsonNode status : pod.at("/status/containerStatuses")) {
            boolean running = status.path("state").has("running");
            ready += running && status.path("ready").asBoolean(false) ? 1 : 0;
        }
        return ready + "/" + pod.at("/spec/containers").size();
    }

    private static String status(JsonNode pod) {
        if (Meta.deleting(pod)) {
            return pod.at("/status/reason").asText("").equals("NodeLost") ? "Unknown" : "Terminating";
        }
        String init = initialising(pod);
        if (!init.isEmpty()) {
            return init;
        }
        String reason = pod.at("/status/reason").asText(pod.at("/status/phase").asText(""));
        boolean running = false;
        for (int i = pod.at("/status/containerStatuses").size() - 1; i >= 0; i--) {
            JsonNode status = pod.at("/status/containerStatuses").get(i);
            String of = reason(status.path("state"));
            reason = of.isEmpty() ? reason : of;
            running |= status.path("ready").asBoolean(false)
                    && status.path("state").has("running");
        }
        return reason.equals("Completed") && running ? "Running" : reason;
    }

    /** Why a pod still initialises; empty when it does not. */
    private static String initialising(JsonNode pod) {
        JsonNode statuses = pod.at("/status/initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode state = statuses.get(i).path("state");
            JsonNode ended = state.path("terminated");
            if (ended.isObject() && ended.path("exitCode").asInt() == 0) {
                continue;
            }
            String why = reason(state);
            if (!why.isEmpty() && !why.equals("PodInitializing")) {
                return "Init:" + why;
            }
            return "Init:" + i + "/" + pod.at("/spec/initContainers").size();
        }
        return "";
    }

    private static String reason(JsonNode state) {
        String waiting = state.path("waiting").path("reason").asText("");
        if (!waiting.isEmpty()) {
            return waiting;
        }
        JsonNode ended = state.path("terminated");
        if (!ended.isObject()) {
            return "";
        }
        String reason = ended.path("reason").asText("");
        int signal = ended.path("signal").asInt(0);
        return !reason.isEmpty()
                ? reason
                : signal != 0
                        ? "Signal:" + signal
                        : "ExitCode:" + ended.path("exitCode").asInt();
    }

    private static String restarts(JsonNode pod, Instant now) {
        long count = 0;
        String last = "";
        for (JsonNode status : pod.at("/status/containerStatuses")) {
            count += status.path("restartCount").asLong(0);
            String ended = status.at("/lastState/terminated/finishedAt").asText("");
            last = ended.compareTo(last) > 0 ? ended : last;
        }
        return count == 0 || last.isEmpty()
                ? Long.toString(count)
                : count + " (" + Durations.since(last, now) + " ago)";
    }
}
