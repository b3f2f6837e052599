// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.List;

/**
 * What follows from one look at a pod.
 *
 * @param actions to begin now; none of them is under way already
 * @param memory what to remember
 * @param wakeAt look again at this time, or earlier when something changes
 */
record Decision(List<Action> actions, PodStatus status, PodMemory memory, Instant wakeAt) {}
