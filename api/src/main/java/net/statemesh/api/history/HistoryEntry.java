// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.history;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, once or again and again.
 *
 * @param first RFC 3339, UTC: when it happened first
 * @param last when it happened last
 * @param reason machine-readable, see {@link net.statemesh.api.Reason}
 * @param actor who did it
 * @param about name of the object it happened to: the subject itself or one of its replicas
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HistoryEntry(
        @Required String first,
        @Required String last,
        Integer count,
        Boolean warning,
        @Required String reason,
        String actor,
        String about,
        String message,

        @JsonPropertyDescription("Uid of the Event that this was; absent when it was several.") @Nullable
        String event) {
    public HistoryEntry {
        count = Objects.requireNonNullElse(count, 1);
        warning = Objects.requireNonNullElse(warning, Boolean.FALSE);
        actor = Objects.requireNonNullElse(actor, "");
        about = Objects.requireNonNullElse(about, "");
        message = Objects.requireNonNullElse(message, "");
    }
}
