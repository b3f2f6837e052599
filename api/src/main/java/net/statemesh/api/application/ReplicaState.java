// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where one replica is in its life. */
public enum ReplicaState {
    /** No node yet. */
    @JsonProperty("Pending")
    PENDING,
    /** Has a node; image, init containers or start-up are under way. */
    @JsonProperty("Starting")
    STARTING,
    /** Answers; requests are routed to it. */
    @JsonProperty("Ready")
    READY,
    /** Runs, but does not answer as ready. */
    @JsonProperty("NotReady")
    NOT_READY,
    /** Ended with an error again and again. */
    @JsonProperty("CrashLooping")
    CRASH_LOOPING,
    /** Is being ended. */
    @JsonProperty("Stopping")
    STOPPING,
    /** Ended for good; a replacement is made. */
    @JsonProperty("Failed")
    FAILED,
    /** Its node does not report. */
    @JsonProperty("Unknown")
    UNKNOWN
}
