// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How replicas of an old revision give way to those of a new one. */
public enum UpdateStrategy {
    /** One more replica at a time; an old one ends only when a new one is ready. */
    @JsonProperty("Rolling")
    ROLLING,
    /** All old ones end and all new ones start at once. */
    @JsonProperty("Simultaneous")
    SIMULTANEOUS
}
