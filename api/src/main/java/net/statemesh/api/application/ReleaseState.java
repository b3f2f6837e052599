// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of a release. */
public enum ReleaseState {
    /** Its replicas are on their way. */
    @JsonProperty("RollingOut")
    ROLLING_OUT,
    /** It is the one that serves. */
    @JsonProperty("Serving")
    SERVING,
    /** A later one, or an earlier one, took its place. */
    @JsonProperty("Superseded")
    SUPERSEDED,
    /** Its replicas did not become ready. */
    @JsonProperty("RolledBack")
    ROLLED_BACK
}
