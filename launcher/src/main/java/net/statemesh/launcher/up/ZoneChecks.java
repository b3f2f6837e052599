// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.supervisor.Listening;

/** Whether the parts of a zone do their work; each answer says what is missing, or nothing. */
public final class ZoneChecks {
    /** A server that is busy with its own start is asked again instead of waited for. */
    public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(3);

    private static final String READY = "/readyz";

    private final ZoneRecord zone;
    private final ApiClient api;

    public ZoneChecks(ZoneRecord zone, ApiClient api) {
        this.zone = zone;
        this.api = api;
    }

    /** The API answers, and the master has written down what the zone is. */
    public Optional<String> masterMissing() {
        try {
            api.get(READY);
            return api.find(ApiPaths.zoneSettings()).isEmpty()
                    ? Optional.of("the zone's settings are not written yet: " + ApiPaths.zoneSettings())
                    : Optional.empty();
        } catch (StateMeshException e) {
            return Optional.of(text(e));
        }
    }

    public Optional<String> nodeMissing(String name) {
        try {
            Optional<JsonNode> node = api.find(ApiPaths.node(name));
            if (node.isEmpty()) {
                return Optional.of(name + " has not registered yet");
            }
            for (JsonNode condition : node.get().at("/status/conditions")) {
                if (condition.path("type").asText().equals("Ready")) {
                    return condition.path("status").asText().equals("True")
                            ? Optional.empty()
                            : Optional.of(name + " is not ready: "
                                    + condition.path("message").asText());
                }
            }
            return Optional.of(name + " is not ready: it has no condition Ready");
        } catch (StateMeshException e) {
            return Optional.of("node " + name + ": " + text(e));
        }
    }

    public Optional<String> ingressMissing() {
        for (int port : List.of(zone.httpsPort(), zone.httpPort())) {
            if (!Listening.at("127.0.0.1:" + port)) {
                return Optional.of("nothing listens at port " + port);
            }
        }
        return Optional.empty();
    }

    /** One line. */
    static String text(StateMeshException failure) {
        return failure.evidence().isEmpty()
                ? failure.sentence()
                : failure.sentence() + " (" + String.join("; ", failure.evidence()) + ")";
    }
}
