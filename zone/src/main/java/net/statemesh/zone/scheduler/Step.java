// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.List;

/** What the scheduler wants written next. */
public sealed interface Step {
    /** One pod and where it goes. */
    record Choice(PodRequest pod, Decision decision) {}

    /** These pods get nodes; the room is taken already. Of a gang all, else one. */
    record Bind(List<Choice> choices) implements Step {}

    /**
     * These pods get no node now.
     *
     * @param decision of the one that was found no place for; its preemption, if any, is to be carried out
     * @param reason one of {@link net.statemesh.api.Reason}
     * @param message for people: why, and what would help
     */
    record Wait(List<PodRequest> pods, Decision decision, String reason, String message) implements Step {}
}
