// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.Release;
import net.statemesh.api.validation.Violation;

/**
 * Everything that the planner looks at.
 *
 * @param id of the application, given once
 * @param pods all pods that the application owns, also ended ones
 * @param releases all releases that the application owns, in any order
 * @param violations why the spec cannot be accepted; empty when it can
 * @param nodes presence of each node by name
 * @param drainedBy who wants all replicas moved away from the node of this name; empty: nobody
 * @param refusal what the API server said when it refused a replica just now; empty when it did not
 * @param actor who acts, for conditions
 * @param watchingSince when this master began to look: what happened before, it cannot judge
 */
public record Observation(
        Application application,
        String id,
        List<Pod> pods,
        List<Release> releases,
        ZoneSettings zone,
        List<Violation> violations,
        Allowance allowance,
        Function<String, NodePresence> nodes,
        Function<String, Optional<String>> drainedBy,
        String refusal,
        String actor,
        Instant watchingSince,
        Instant now) {}
