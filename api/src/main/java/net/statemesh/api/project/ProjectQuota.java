// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Upper bounds over everything in a project; what is absent is not bounded. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProjectQuota(
        @JsonPropertyDescription("Sum of CPU requests in cores.") @Nullable
        Quantity cpu,

        @JsonPropertyDescription("Sum of memory requests in bytes.") @Nullable
        Quantity memory,

        @Min(0) @Max(100_000) @Nullable Integer pods,
        @Min(0) @Max(100_000) @Nullable Integer applications) {}
