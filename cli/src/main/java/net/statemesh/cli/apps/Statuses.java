// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ApplicationStatus;
import net.statemesh.api.application.ReleaseStatus;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.client.ClientErrors;

/** Binds spec and status of an Application object to their types. */
final class Statuses {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Statuses() {}

    static ApplicationStatus status(JsonNode object) {
        JsonNode status = object.path("status");
        return status.isObject() ? bind(status, ApplicationStatus.class) : ApplicationStatus.NONE;
    }

    static ApplicationSpec spec(JsonNode object) {
        return bind(object.path("spec"), ApplicationSpec.class);
    }

    /** What a Release object keeps. */
    static ApplicationSpec template(JsonNode release) {
        return bind(release.at("/spec/template"), ApplicationSpec.class);
    }

    static ReleaseStatus releaseStatus(JsonNode release) {
        JsonNode status = release.path("status");
        return status.isObject()
                ? bind(status, ReleaseStatus.class)
                : ReleaseStatus.startedAt(
                        release.at("/metadata/creationTimestamp").asText());
    }

    static JsonNode tree(ApplicationSpec spec) {
        return JSON.valueToTree(spec);
    }

    private static <T> T bind(JsonNode node, Class<T> type) {
        try {
            return JSON.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new StateMeshException(
                    ClientErrors.SERVER,
                    "The zone sent an Application that this version of statemesh cannot read.",
                    List.of(String.valueOf(e.getOriginalMessage())),
                    List.of("use the version of statemesh that the zone runs"),
                    e);
        }
    }
}
