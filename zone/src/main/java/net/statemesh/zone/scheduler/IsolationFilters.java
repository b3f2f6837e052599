// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.scheduler;

import net.statemesh.api.Labels;
import net.statemesh.api.project.Profile;
import org.jspecify.annotations.Nullable;

/** May this project use this node? */
final class IsolationFilters {
    private IsolationFilters() {}

    /** A node that is kept for one project takes no other's pods. */
    static @Nullable String project(Demands pod, NodeFacts node) {
        String owner = node.labels().get(Labels.NODE_PROJECT);
        return owner == null || owner.equals(pod.project()) ? null : "kept for another project";
    }

    /** A node without the label offers {@link Profile#CLOUD}; a project's own nodes serve it whatever they offer. */
    static @Nullable String profile(Demands pod, NodeFacts node) {
        boolean own = pod.project().equals(node.labels().get(Labels.NODE_PROJECT));
        String offered = node.labels().getOrDefault(Labels.NODE_PROFILE, Profile.CLOUD.name());
        boolean fits = switch (pod.profile()) {
            case MYNODE -> own;
            case HYBRID -> own || offered.equals(Profile.CLOUD.name());
            case HPC, GPU, CLOUD, EDGE -> own || offered.equals(pod.profile().name());
        };
        return fits ? null : "not of profile " + pod.profile();
    }
}
