// SPDX-License-Identifier: Apache-2.0
package net.statemesh.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** The pods of a zone as kubectl tells them. */
final class Replicas {
    private Replicas() {}

    /** Container ids and restart counts of all pods: the same list means that nothing was touched. */
    static List<String> containers(Zone zone) {
        return pods(zone, "-A")
                .map(pod -> name(pod) + " "
                        + pod.path("status")
                                .path("containerStatuses")
                                .path(0)
                                .path("containerID")
                                .asText()
                        + " restarts "
                        + pod.path("status")
                                .path("containerStatuses")
                                .path(0)
                                .path("restartCount")
                                .asInt())
                .sorted()
                .toList();
    }

    /** Nodes of the ready replicas of an application, one for each. */
    static List<String> readyOn(Zone zone, String application) {
        return pods(zone, "-n", "default", "-l", "statemesh.net/application=" + application)
                .filter(Replicas::isReady)
                .map(pod -> pod.path("spec").path("nodeName").asText())
                .sorted()
                .toList();
    }

    static List<String> names(Zone zone, String application) {
        return pods(zone, "-n", "default", "-l", "statemesh.net/application=" + application)
                .map(Replicas::name)
                .sorted()
                .toList();
    }

    private static boolean isReady(JsonNode pod) {
        return pod.path("metadata").path("deletionTimestamp").isMissingNode()
                && pod.path("status")
                        .path("conditions")
                        .valueStream()
                        .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                                && condition.path("status").asText().equals("True"));
    }

    private static String name(JsonNode pod) {
        return pod.path("metadata").path("name").asText();
    }

    private static Stream<JsonNode> pods(Zone zone, String... which) {
        String[] command = Stream.concat(Stream.of("get", "pods", "-o", "json"), Stream.of(which))
                .toArray(String[]::new);
        return TestZone.json(zone.kubectl(command).out()).path("items").valueStream();
    }
}
