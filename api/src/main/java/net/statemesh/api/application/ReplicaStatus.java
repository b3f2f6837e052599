// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * One replica.
 *
 * @param name of its pod
 * @param node absent until it has one
 * @param restarts of its containers, together
 * @param reason one of {@link net.statemesh.api.Reason}; absent when all is well
 * @param since RFC 3339, UTC: when it got into this state
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReplicaStatus(
        @Required String name,
        @Nullable String node,
        @Required ReplicaState state,
        Integer restarts,
        @Nullable String reason,
        @Nullable String message,
        @Nullable String revision,
        @Nullable String since) {
    public ReplicaStatus {
        restarts = Absent.or(restarts, 0);
    }
}
