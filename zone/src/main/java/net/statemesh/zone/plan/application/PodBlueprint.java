// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.statemesh.api.Annotations;
import net.statemesh.api.Labels;
import net.statemesh.api.SystemNames;
import net.statemesh.api.application.Application;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.Placement;
import net.statemesh.api.application.ReplicaPorts;
import net.statemesh.api.application.Requirements;

/** From an application to one of its pods; the same every time but for the name. */
final class PodBlueprint {
    private static final ObjectMapper JSON = new ObjectMapper();

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
        return new PodBuilder()
                .withMetadata(ApplicationParts.metadata(application, id, revision + "-" + number)
                        .addToLabels(Labels.REVISION, revision)
                        .addToLabels(Labels.PRIORITY, spec.priority().label())
                        .withAnnotations(spec.annotations())
                        .addToAnnotations(PlacementDemands.annotations(spec))
                        .addToAnnotations(Annotations.PORTS, json(ReplicaPorts.of(spec)))
                        .build())
                .withSpec(podSpec(spec))
                .build();
    }

    private static String json(ReplicaPorts ports) {
        try {
            return JSON.writeValueAsString(ports);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record cannot be written as JSON", e);
        }
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
