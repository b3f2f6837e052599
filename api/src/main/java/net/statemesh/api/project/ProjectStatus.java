// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import net.statemesh.api.Condition;
import org.jspecify.annotations.Nullable;

/** What the master observed last. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProjectStatus(
        @Nullable ProjectPhase phase,
        Long observedGeneration,
        @Nullable ProjectUsage usage,
        List<Condition> conditions) {
    public static final ProjectStatus NONE = new ProjectStatus(null, 0L, null, List.of());

    public ProjectStatus {
        observedGeneration = observedGeneration == null ? 0L : observedGeneration;
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
