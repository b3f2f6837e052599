// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.project;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import net.statemesh.api.ConditionTypes;
import net.statemesh.api.Quantities;
import net.statemesh.api.Reason;
import net.statemesh.api.project.Project;
import net.statemesh.api.project.ProjectPhase;
import net.statemesh.api.project.ProjectStatus;
import net.statemesh.api.project.ProjectUsage;
import net.statemesh.zone.plan.Conditions;
import net.statemesh.zone.plan.application.Allowance;
import org.jspecify.annotations.Nullable;

/** Says how a project is doing. */
public final class ProjectSummary {
    private final Project project;
    private final String actor;
    private final Instant now;

    public ProjectSummary(Project project, String actor, Instant now) {
        this.project = project;
        this.actor = actor;
        this.now = now;
    }

    public ProjectStatus ready(Collection<Pod> pods, int applications) {
        Allowance used = Allowance.used(pods);
        ProjectUsage usage = new ProjectUsage(
                Quantities.ofCpuMillis(used.cpuMillis()),
                Quantities.ofBytes(used.memoryBytes()),
                (int) used.pods(),
                applications);
        return status(ProjectPhase.READY, usage, true, Reason.READY, null);
    }

    public ProjectStatus namespaceTaken() {
        return status(
                ProjectPhase.FAILED,
                null,
                false,
                Reason.NAMESPACE_TAKEN,
                "a namespace '" + project.getMetadata().getName()
                        + "' exists that belongs to no project: choose another name, or delete that namespace");
    }

    /** What is left to end, for people. */
    public ProjectStatus deleting(String left) {
        return status(ProjectPhase.DELETING, null, false, Reason.DELETING, left);
    }

    private ProjectStatus status(
            ProjectPhase phase, @Nullable ProjectUsage usage, boolean ready, String reason, @Nullable String message) {
        ProjectStatus before = Objects.requireNonNullElse(project.getStatus(), ProjectStatus.NONE);
        Conditions conditions = new Conditions(before.conditions(), actor, now)
                .set(ConditionTypes.READY, ready, reason, message)
                .set(
                        ConditionTypes.ISOLATED,
                        false,
                        Reason.DATAPATH_ABSENT,
                        "network policies are written down, but nothing on the nodes enforces them yet");
        return new ProjectStatus(
                phase, Objects.requireNonNullElse(project.getMetadata().getGeneration(), 0L), usage, conditions.list());
    }
}
