// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.project;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a project is doing, in one word. */
public enum ProjectPhase {
    @JsonProperty("Pending")
    PENDING,
    @JsonProperty("Ready")
    READY,
    @JsonProperty("Failed")
    FAILED,
    @JsonProperty("Deleting")
    DELETING
}
