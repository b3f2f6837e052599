// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.client.ClientErrors;
import net.statemesh.cli.client.ObjectStates;
import net.statemesh.cli.output.Console;

/** Waits until no replica is left on a node. The master counts them in the node's status, so each move is a change of it. */
final class DrainWait {
    private static final int MAX_SHOWN = 10;

    private final ApiClient api;
    private final Console console;

    DrainWait(ApiClient api, Console console) {
        this.api = api;
        this.console = console;
    }

    void await(String node, Duration timeout) {
        AtomicReference<String> shown =
                new AtomicReference<>(NodeReplicas.of(api, node).left());
        Optional<Boolean> empty = new ObjectStates(api, ApiPaths.nodes(), node).await(timeout, state -> {
            NodeView seen = NodeView.of(state.orElseThrow(() -> gone(node)));
            if (!seen.cordoned() || seen.drainedBy().isEmpty()) {
                throw interrupted(node);
            }
            NodeReplicas replicas = NodeReplicas.of(api, node);
            String left = replicas.left();
            if (!left.equals(shown.getAndSet(left)) && !replicas.replicas().isEmpty()) {
                console.progress("    " + left);
            }
            return replicas.replicas().isEmpty() ? Optional.of(true) : Optional.empty();
        });
        if (empty.isEmpty()) {
            throw timeout(node, timeout);
        }
    }

    private StateMeshException timeout(String node, Duration timeout) {
        NodeReplicas replicas = NodeReplicas.of(api, node);
        List<String> evidence = Stream.concat(
                        Stream.of(replicas.left()),
                        replicas.replicas().stream()
                                .map(replica -> ApiPaths.application(
                                        NodeReplicas.project(replica), NodeReplicas.application(replica)))
                                .distinct()
                                .limit(MAX_SHOWN)
                                .flatMap(this::obstacles))
                .toList();
        return new StateMeshException(
                NodeErrors.DRAIN_TIMEOUT,
                "'" + node + "' is not drained after " + timeout.toSeconds() + " s; the master goes on.",
                evidence,
                List.of(
                        "statemesh node drain " + node + " --timeout 30m to go on waiting",
                        "statemesh node uncordon " + node + " to give up"));
    }

    /** Replacements that do not become ready, and why. */
    private Stream<String> obstacles(String application) {
        return api.find(application).stream()
                .flatMap(object -> StreamSupport.stream(
                        object.at("/status/replicaStatuses").spliterator(), false))
                .filter(replica -> replica.has("message")
                        && !replica.path("state").asText().equals("Ready"))
                .limit(MAX_SHOWN)
                .map(DrainWait::describe);
    }

    private static String describe(JsonNode replica) {
        return replica.path("name").asText() + " is " + replica.path("state").asText() + ": "
                + replica.path("message").asText().lines().findFirst().orElse("");
    }

    private static StateMeshException interrupted(String node) {
        return new StateMeshException(
                NodeErrors.DRAIN_ENDED,
                "Somebody ended the drain of '" + node + "'.",
                List.of(),
                List.of("statemesh node info " + node));
    }

    private static StateMeshException gone(String node) {
        return new StateMeshException(
                ClientErrors.NOT_FOUND,
                "Node '" + node + "' left the zone.",
                List.of(),
                List.of("statemesh node list"));
    }
}
