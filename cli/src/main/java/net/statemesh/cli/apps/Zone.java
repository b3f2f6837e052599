// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.ApiPaths;
import net.statemesh.cli.client.ClientErrors;

/** Reads the settings of the zone. */
final class Zone {
    private Zone() {}

    static ZoneSettings settings(ApiClient api) {
        JsonNode data = api.find(ApiPaths.zoneSettings())
                .orElseThrow(() -> new StateMeshException(
                        ClientErrors.NOT_INSTALLED,
                        "This Kubernetes has no zone: ConfigMap statemesh-system/zone is missing.",
                        List.of(),
                        List.of("statemesh up")))
                .path("data");
        try {
            return new ZoneSettings(
                    data.path("name").asText(),
                    data.path("domain").asText(),
                    data.path("httpsPort").asInt(),
                    data.path("httpPort").asInt(),
                    data.path("registry").asText());
        } catch (IllegalArgumentException e) {
            throw new StateMeshException(
                    ClientErrors.SERVER,
                    "The zone's settings in ConfigMap statemesh-system/zone are wrong.",
                    List.of(String.valueOf(e.getMessage())),
                    List.of("kubectl -n statemesh-system edit configmap zone"),
                    e);
        }
    }
}
