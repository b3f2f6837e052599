// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.statemesh.api.ApiGroup;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.Placement;
import net.statemesh.api.application.Requirements;

/** From an application to one of its pods; the same every time but for the name. */
final class PodBlueprint {
    static final String MANAGED_BY = "statemesh";

    private final Application application;
    private final String id;
    private final String revision;
    private final String host;

    PodBlueprint(Application application, String id, String revision, String host) {
        this.application = application;
        this.id = id;
        this.revision = revision;
        this.host = host;
    }

    /** @param number no other pod of this application has it */
    Pod pod(int number) {
        ApplicationSpec spec = application.getSpec();
        String name = application.getMetadata().getName();
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(application.getMetadata().getNamespace())
                .withName(name + "-" + id + "-" + revision + "-" + number)
                .withLabels(Map.of(
                        Labels.PROJECT, application.getMetadata().getNamespace(),
                        Labels.APPLICATION, name,
                        Labels.APPLICATION_ID, id,
                        Labels.REVISION, revision,
                        Labels.PRIORITY, spec.priority().label(),
                        Labels.MANAGED_BY, MANAGED_BY))
                .withAnnotations(spec.annotations())
                .addToAnnotations(PlacementDemands.annotations(spec))
                .addToOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion(ApiGroup.API_VERSION)
                        .withKind("Application")
                        .withName(name)
                        .withUid(application.getMetadata().getUid())
                        .withController(true)
                        .withBlockOwnerDeletion(true)
                        .build())
                .endMetadata()
                .withSpec(podSpec(spec))
                .build();
    }

    private PodSpec podSpec(ApplicationSpec spec) {
        Requirements requirements = Objects.requireNonNullElse(spec.requirements(), Requirements.NONE);
        Placement placement = Objects.requireNonNullElse(spec.placement(), Placement.NONE);
        Set<Integer> entrypointPorts =
                spec.entrypoints().stream().map(Entrypoint::port).collect(Collectors.toSet());
        ContainerBlueprint containers = new ContainerBlueprint(host, entrypointPorts);
        return new PodSpecBuilder()
                .withSchedulerName(SystemNames.SCHEDULER)
                .withRestartPolicy("Always")
                .withTerminationGracePeriodSeconds(
                        spec.terminationGracePeriodSeconds().longValue())
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNewSecurityContext()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withImagePullSecrets(spec.imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNodeSelector(NodeDemands.selector(requirements))
                .withAffinity(PlacementDemands.affinity(NodeDemands.affinity(requirements), placement))
                .withTopologySpreadConstraints(
                        PlacementDemands.spread(application.getMetadata().getName(), placement))
                .withInitContainers(spec.initContainers().stream()
                        .map(containers::container)
                        .toList())
                .withContainers(
                        spec.containers().stream().map(containers::container).toList())
                .build();
    }
}
