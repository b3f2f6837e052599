// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;
import net.statemesh.api.project.Profile;

/**
 * What a pod asks of a node whatever runs there. Pods with equal demands can use the same nodes.
 *
 * @param project namespace of the pod; empty when no node is kept for that project
 * @param terms required node affinity: one of these must match; none: every node does
 * @param unknown rules of the pod that this scheduler cannot keep, for people
 */
record Demands(
        String project,
        Profile profile,
        Map<String, String> nodeSelector,
        List<NodeSelectorTerm> terms,
        List<Toleration> tolerations,
        List<String> unknown) {
    static Demands of(String project, Profile profile) {
        return new Demands(project, profile, Map.of(), List.of(), List.of(), List.of());
    }

    Demands ofNoProject() {
        return new Demands("", profile, nodeSelector, terms, tolerations, unknown);
    }
}
