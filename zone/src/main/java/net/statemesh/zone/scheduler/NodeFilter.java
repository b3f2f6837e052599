// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to a node whose answer does not depend on what runs there, so that it is asked once for all pods with the same demands.
 * Filters know nothing of each other: their order means nothing.
 */
record NodeFilter(String name, Check check) {
    /** Gives why not, as {@link Refusal#reason}; null: the node will do. */
    interface Check {
        @Nullable
        String refuse(Demands pod, NodeFacts node);
    }

    static final String PROFILE = "Profile";

    /** Every such filter of the zone. */
    static final List<NodeFilter> ALL = List.of(
            new NodeFilter("NodeReady", NodeFilters::ready),
            new NodeFilter("Pressure", NodeFilters::withoutPressure),
            new NodeFilter("Cordon", NodeFilters::notCordoned),
            new NodeFilter("Taints", NodeFilters::tolerated),
            new NodeFilter("Requirements", RequirementFilters::selector),
            new NodeFilter("NodeAffinity", RequirementFilters::affinity),
            new NodeFilter("KnownRules", RequirementFilters::known),
            new NodeFilter("ProjectIsolation", IsolationFilters::project),
            new NodeFilter(PROFILE, IsolationFilters::profile));
}
