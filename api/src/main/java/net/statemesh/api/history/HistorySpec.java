// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.history;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one subject.
 *
 * @param kind {@code Application}, {@code Node} or {@code Project}
 * @param entries the one that happened last comes last
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HistorySpec(
        @Required String kind,
        @Required String name,
        List<HistoryEntry> entries,

        @JsonPropertyDescription("Everything up to here is in the entries, or was too much; RFC 3339.") @Nullable
        String foldedUntil,

        @JsonPropertyDescription("How many things were too much to be kept.")
        Integer forgotten) {
    public HistorySpec {
        entries = List.copyOf(Objects.requireNonNullElse(entries, List.of()));
        forgotten = Objects.requireNonNullElse(forgotten, 0);
    }

    /** Nothing has happened yet. */
    public static HistorySpec of(String kind, String name) {
        return new HistorySpec(kind, name, List.of(), null, 0);
    }
}
