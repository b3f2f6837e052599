// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** CPU and memory of one container: what it is sure to get, and what it cannot exceed. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ComputeResources(
        @JsonPropertyDescription("Reserved on the node.") @Nullable
        Amounts requests,

        @JsonPropertyDescription("Upper bound; above it CPU is throttled, memory ends the container.") @Nullable
        Amounts limits) {

    /** {@code cpu} in cores ({@code 500m}, {@code 2}), {@code memory} in bytes ({@code 128Mi}). */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Amounts(
            @JsonPropertyDescription("Cores, for example 500m or 2.") @Nullable
            Quantity cpu,

            @JsonPropertyDescription("Bytes, for example 128Mi or 2Gi.") @Nullable
            Quantity memory) {}

    /** The same amounts as request and limit. */
    public static ComputeResources exactly(@Nullable Quantity cpu, @Nullable Quantity memory) {
        Amounts amounts = new Amounts(cpu, memory);
        return new ComputeResources(amounts, amounts);
    }
}
