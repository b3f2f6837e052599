// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a release fares.
 *
 * @param readyReplicas most replicas of it that were ready at once before it served in full
 * @param progressedAt RFC 3339, UTC: when another one became ready for the last time
 * @param servedAt RFC 3339, UTC: when all wanted replicas were ready for the first time; absent: never
 * @param failure why it is not, or was not, served
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReleaseStatus(
        ReleaseState state,
        Integer readyReplicas,
        @Nullable String progressedAt,
        @Nullable String servedAt,
        @Nullable ReleaseFailure failure) {
    public ReleaseStatus {
        state = Absent.or(state, ReleaseState.ROLLING_OUT);
        readyReplicas = Absent.or(readyReplicas, 0);
    }

    /** What a new release starts with. */
    public static ReleaseStatus startedAt(String time) {
        return new ReleaseStatus(ReleaseState.ROLLING_OUT, 0, time, null, null);
    }

    public ReleaseStatus withState(ReleaseState next) {
        return new ReleaseStatus(next, readyReplicas, progressedAt, servedAt, failure);
    }
}
