// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import java.util.Optional;
import net.statemesh.api.Labels;
import net.statemesh.api.project.Profile;

/** May this project use this node? */
final class IsolationFilters {
    private IsolationFilters() {}

    /** A node that is kept for one project takes no other's pods. */
    static Optional<Refusal> project(PodRequest pod, NodeState node) {
        String owner = node.labels().get(Labels.NODE_PROJECT);
        return owner == null || owner.equals(pod.project())
                ? Optional.empty()
                : Optional.of(Refusal.of("ProjectIsolation", "kept for another project"));
    }

    /** A node without the label offers {@link Profile#CLOUD}; a project's own nodes serve it whatever they offer. */
    static Optional<Refusal> profile(PodRequest pod, NodeState node) {
        boolean own = pod.project().equals(node.labels().get(Labels.NODE_PROJECT));
        String offered = node.labels().getOrDefault(Labels.NODE_PROFILE, Profile.CLOUD.name());
        boolean fits = switch (pod.profile()) {
            case MYNODE -> own;
            case HYBRID -> own || offered.equals(Profile.CLOUD.name());
            case HPC, GPU, CLOUD, EDGE -> own || offered.equals(pod.profile().name());
        };
        return fits ? Optional.empty() : Optional.of(Refusal.of("Profile", "not of profile " + pod.profile()));
    }
}
