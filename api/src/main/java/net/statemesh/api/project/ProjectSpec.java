// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import net.statemesh.api.application.Priority;
import org.jspecify.annotations.Nullable;

/**
 * What a customer wants of a project.
 *
 * @param highestPriority what its applications may ask for; it is the administrator who says who may take the room of others
 * @param owner wallet address or user name of the person who may work in it; absent: administrators only
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProjectSpec(
        @Size(max = 100) @Nullable String displayName,

        @Default("CLOUD") @JsonPropertyDescription("Kind of nodes that its applications run on.")
        Profile profile,

        @Nullable ProjectQuota quota,

        @Default("Normal")
        @JsonPropertyDescription("Highest priority that its applications may have; High may take the room of others.")
        Priority highestPriority,

        @Size(min = 1, max = 253) @JsonPropertyDescription("Wallet address or user name.") @Nullable
        String owner) {
    public ProjectSpec {
        profile = profile == null ? Profile.CLOUD : profile;
        highestPriority = highestPriority == null ? Priority.NORMAL : highestPriority;
    }

    public static ProjectSpec ownedBy(@Nullable String owner) {
        return new ProjectSpec(null, Profile.CLOUD, null, Priority.NORMAL, owner);
    }
}
