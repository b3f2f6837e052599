// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How an application is doing, in one word. */
public enum Phase {
    /** Seen, nothing runs yet. */
    @JsonProperty("Pending")
    PENDING,
    /** Replicas of the current revision are starting; none was ready before, or a new revision is on its way. */
    @JsonProperty("Deploying")
    DEPLOYING,
    /** Every wanted replica of the current revision is ready. */
    @JsonProperty("Serving")
    SERVING,
    /** Some wanted replicas are not ready. */
    @JsonProperty("Degraded")
    DEGRADED,
    /** Replicas are ending because the application was stopped. */
    @JsonProperty("Stopping")
    STOPPING,
    /** Stopped or scaled to 0: nothing runs, on purpose. */
    @JsonProperty("Stopped")
    STOPPED,
    /** No replica serves, and none will without a change. */
    @JsonProperty("Failed")
    FAILED
}
