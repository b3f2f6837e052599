// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import net.statemesh.api.Labels;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;

/**
 * What runs on a node.
 *
 * @param replicas pods of applications that have not ended
 * @param others names of all other pods that have not ended
 */
record NodeReplicas(List<JsonNode> replicas, List<String> others) {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    static NodeReplicas of(ApiClient api, String node) {
        List<JsonNode> pods = api.list(ApiPaths.podsOn(node)).stream()
                .filter(pod -> !ENDED.contains(pod.at("/status/phase").asText()))
                .toList();
        return new NodeReplicas(
                pods.stream().filter(NodeReplicas::isReplica).toList(),
                pods.stream()
                        .filter(pod -> !isReplica(pod))
                        .map(NodeReplicas::name)
                        .toList());
    }

    List<String> names() {
        return replicas.stream().map(NodeReplicas::name).toList();
    }

    /** {@code 2 replicas left: a, b}. */
    String left() {
        return switch (replicas.size()) {
            case 0 -> "no replica is there";
            case 1 -> "1 replica left: " + names().getFirst();
            default -> replicas.size() + " replicas left: " + String.join(", ", names());
        };
    }

    static String application(JsonNode replica) {
        return replica.at("/metadata/labels").path(Labels.APPLICATION).asText();
    }

    static String project(JsonNode replica) {
        return replica.at("/metadata/namespace").asText();
    }

    private static boolean isReplica(JsonNode pod) {
        return !application(pod).isEmpty();
    }

    private static String name(JsonNode pod) {
        return pod.at("/metadata/name").asText();
    }
}
