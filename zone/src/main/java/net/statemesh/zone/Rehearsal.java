// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.PortSpec;
import net.statemesh.api.project.Profile;
import net.statemesh.api.validation.ApplicationValidation;
import net.statemesh.api.validation.HostOwners;
import net.statemesh.zone.plan.application.Action;
import net.statemesh.zone.plan.application.Allowance;
import net.statemesh.zone.plan.application.ApplicationPlanner;
import net.statemesh.zone.plan.application.NodePresence;
import net.statemesh.zone.plan.application.Observation;
import net.statemesh.zone.plan.application.Plan;
import net.statemesh.zone.scheduler.PodRequest;
import net.statemesh.zone.scheduler.SchedulingCore;
import net.statemesh.zone.scheduler.Step;

/**
 * What a new leader does first, done once before it leads, about an application that nobody has: code that has never run takes most of a
 * second to load. Reads nothing and writes nothing.
 */
final class Rehearsal {
    private static final String NAME = "rehearsal";
    private static final int PORT = 8080;

    private final ZoneSettings zone;
    private final Instant now;
    private final Application application = new Application();
    private final List<Pod> pods = new ArrayList<>();

    Rehearsal(ZoneSettings zone, Instant now) {
        this.zone = zone;
        this.now = now;
        application.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAME)
                .withName(NAME)
                .withUid(NAME)
                .withGeneration(1L)
                .build());
        application.setSpec(
                ApplicationSpec.of(ContainerSpec.of(NAME, NAME + ":1").withPorts(List.of(PortSpec.tcp(PORT))))
                        .entrypoints(List.of(Entrypoint.toPort(PORT)))
                        .build());
    }

    /** Controllers of a zone in which there is nothing have nothing to do. */
    static void run(KubernetesClient guarded, ZoneSettings zone, Clock clock) {
        try (MasterView nothing = MasterView.over(guarded, clock);
                Controllers _ = Controllers.start(guarded, new MasterConfig(NAME, NAME, null), nothing, clock)) {
            new Rehearsal(zone, clock.instant()).decide();
        }
    }

    /** Gives how many replicas it made a place for. */
    int decide() {
        for (Action action : plan().actions()) {
            if (action instanceof Action.Create(Pod pod, String _)) {
                pods.add(new PodBuilder(pod)
                        .editMetadata()
                        .withUid(NAME)
                        .withCreationTimestamp(now.toString())
                        .endMetadata()
                        .build());
            }
        }
        application.setStatus(plan().status());
        SchedulingCore core = new SchedulingCore();
        core.putNode(node(), 0);
        pods.forEach(pod -> core.want(PodRequest.of(pod, Profile.CLOUD), null, 0));
        return core.next(0)
                .map(step -> step instanceof Step.Bind bind ? bind.choices().size() : 0)
                .orElse(0);
    }

    private Plan plan() {
        return ApplicationPlanner.plan(new Observation(
                application,
                NAME,
                List.copyOf(pods),
                List.of(),
                zone,
                ApplicationValidation.check(NAME, application.getSpec(), zone, HostOwners.UNKNOWN),
                Allowance.UNLIMITED,
                node -> NodePresence.PRESENT,
                node -> Optional.empty(),
                "",
                NAME,
                now,
                now));
    }

    private static Node node() {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .addToAllocatable("cpu", new Quantity("1"))
                .addToAllocatable("memory", new Quantity("1Gi"))
                .addToAllocatable("pods", new Quantity("10"))
                .endStatus()
                .build();
    }
}
