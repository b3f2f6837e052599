// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One question that every node must answer with yes. Filters know nothing of each other, so their order means nothing.
 *
 * @param check empty: the node will do
 */
public record Filter(String name, BiFunction<PodRequest, NodeState, Optional<Refusal>> check) {
    /** Every filter of the zone. */
    public static final List<Filter> ALL = List.of(
            new Filter("NodeReady", NodeFilters::ready),
            new Filter("Pressure", NodeFilters::withoutPressure),
            new Filter("Cordon", NodeFilters::notCordoned),
            new Filter("Taints", NodeFilters::tolerated),
            new Filter("Cpu", ResourceFilters::cpu),
            new Filter("Memory", ResourceFilters::memory),
            new Filter("Pods", ResourceFilters::pods),
            new Filter("Requirements", RequirementFilters::selector),
            new Filter("Affinity", RequirementFilters::affinity),
            new Filter("ProjectIsolation", IsolationFilters::project),
            new Filter("Profile", IsolationFilters::profile));
}
