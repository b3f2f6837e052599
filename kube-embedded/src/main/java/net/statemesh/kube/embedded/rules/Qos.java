// SPDX-License-Identifier: Apache-2.0
package net.statemesh.kube.embedded.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Kubernetes' quality-of-service classes. */
final class Qos {
    private Qos() {}

    static String of(JsonNode spec) {
        boolean any = false;
        boolean guaranteed = true;
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                JsonNode limits = container.path("resources").path("limits");
                JsonNode requests = container.path("resources").path("requests");
                for (String resource : List.of("cpu", "memory")) {
                    any |= limits.has(resource) || requests.has(resource);
                    boolean equal = limits.has(resource)
                            && (!requests.has(resource)
                                    || Quantity.milli(limits.get(resource).asText())
                                            .equals(Quantity.milli(
                                                    requests.get(resource).asText())));
                    guaranteed &= equal;
                }
            }
        }
        return !any ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
    }
}
