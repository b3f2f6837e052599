// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import java.time.Instant;
import net.statemesh.api.application.ReplicaState;
import org.jspecify.annotations.Nullable;

/**
 * One pod of an application as the planner sees it.
 *
 * @param node absent until it has one
 * @param drainingSince when it was taken out of routing to be ended; absent: never, or it is being ended already
 * @param finishedAt when it ended for good; absent while it has not
 * @param trouble why it is not ready; absent when it is, or just needs time
 */
record Replica(
        String name,
        String uid,
        String revision,
        @Nullable String node,
        ReplicaState state,
        Instant createdAt,
        @Nullable Instant drainingSince,
        @Nullable Instant finishedAt,
        int restarts,
        @Nullable Trouble trouble) {

    boolean ready() {
        return state == ReplicaState.READY;
    }

    /** Still counts as one of the wanted: neither on its way out nor at its end. */
    boolean live() {
        return state != ReplicaState.STOPPING && state != ReplicaState.FAILED;
    }
}
