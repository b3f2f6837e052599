// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * One observed fact about an object, after the Kubernetes convention.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason one of {@link Reason}
 * @param actor who caused the last transition
 * @param lastTransitionTime RFC 3339, UTC: when {@code status} or {@code reason} last changed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        @Required String type,
        @Required String status,
        @Required String reason,
        @Nullable String message,
        @Nullable String actor,
        @Nullable String lastTransitionTime) {
    public static final String TRUE = "True";
    public static final String FALSE = "False";
    public static final String UNKNOWN = "Unknown";

    public boolean holds() {
        return TRUE.equals(status);
    }
}
