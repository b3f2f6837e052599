// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.plan.application;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.statemesh.api.Quantities;
import net.statemesh.api.application.ComputeResources.Amounts;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.EnvVariable;
import net.statemesh.api.application.PortSpec;
import net.statemesh.api.application.ProbeSpec;
import org.jspecify.annotations.Nullable;

/** From a container that a customer describes to a container of a pod. */
final class ContainerBlueprint {
    /** Of the runtime's defaults: raw packets could forge a neighbour's address, and nobody makes devices or audit records. */
    private static final List<String> UNNEEDED_CAPABILITIES = List.of("NET_RAW", "MKNOD", "AUDIT_WRITE");

    /** Reserved for a container that asks for nothing, so that load can be counted at all. */
    static final long DEFAULT_CPU_MILLIS = 20;
    /** Reserved for a container that asks for nothing. */
    static final long DEFAULT_MEMORY_BYTES = 32L << 20;
    /** How often a port behind an entrypoint is tried when the customer gave no readiness probe. */
    static final int DEFAULT_PROBE_PERIOD_SECONDS = 2;

    private final String host;
    private final Set<Integer> entrypointPorts;

    /**
     * @param host the application's generated host
     * @param entrypointPorts ports that requests are routed to
     */
    ContainerBlueprint(String host, Set<Integer> entrypointPorts) {
        this.host = host;
        this.entrypointPorts = entrypointPorts;
    }

    Container container(ContainerSpec spec) {
        return new ContainerBuilder()
                .withName(spec.name())
                .withImage(spec.image())
                .withCommand(spec.command())
                .withArgs(spec.args())
                .withEnv(environment(spec))
                .withResources(resources(spec))
                .withPorts(spec.ports().stream().map(ContainerBlueprint::port).toList())
                .withReadinessProbe(readiness(spec))
                .withLivenessProbe(probe(spec.livenessProbe()))
                .withStartupProbe(probe(spec.startupProbe()))
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .withNewSecurityContext()
                .withNewCapabilities()
                .withDrop(UNNEEDED_CAPABILITIES)
                .endCapabilities()
                .withAllowPrivilegeEscalation(false)
                .endSecurityContext()
                .build();
    }

    private List<EnvVar> environment(ContainerSpec spec) {
        List<EnvVar> variables = new ArrayList<>();
        if (spec.env().stream().noneMatch(variable -> variable.name().equals(EnvVariable.INGRESS_DOMAIN))) {
            variables.add(new EnvVarBuilder()
                    .withName(EnvVariable.INGRESS_DOMAIN)
                    .withValue(host)
                    .build());
        }
        spec.env().forEach(variable -> variables.add(environmentVariable(variable)));
        return variables;
    }

    private EnvVar environmentVariable(EnvVariable variable) {
        EnvVarBuilder builder = new EnvVarBuilder().withName(variable.name());
        if (variable.secret() != null) {
            return builder.withNewValueFrom()
                    .withNewSecretKeyRef(
                            variable.secret().key(), variable.secret().name(), false)
                    .endValueFrom()
                    .build();
        }
        String value = Objects.requireNonNullElse(variable.value(), "");
        return builder.withValue(value.replace("$(" + EnvVariable.INGRESS_DOMAIN + ")", host))
                .build();
    }

    private static ResourceRequirements resources(ContainerSpec spec) {
        Amounts none = new Amounts(null, null);
        Amounts limits = spec.resources() == null || spec.resources().limits() == null
                ? none
                : spec.resources().limits();
        Amounts requests = spec.resources() == null || spec.resources().requests() == null
                ? none
                : spec.resources().requests();
        ResourceRequirementsBuilder builder = new ResourceRequirementsBuilder()
                .addToRequests("cpu", first(requests.cpu(), limits.cpu(), Quantities.ofCpuMillis(DEFAULT_CPU_MILLIS)))
                .addToRequests(
                        "memory", first(requests.memory(), limits.memory(), Quantities.ofBytes(DEFAULT_MEMORY_BYTES)));
        if (limits.cpu() != null) {
            builder.addToLimits("cpu", limits.cpu());
        }
        if (limits.memory() != null) {
            builder.addToLimits("memory", limits.memory());
        }
        return builder.build();
    }

    private static Quantity first(@Nullable Quantity request, @Nullable Quantity limit, Quantity otherwise) {
        return request != null ? request : limit != null ? limit : otherwise;
    }

    private static ContainerPort port(PortSpec spec) {
        return new ContainerPortBuilder()
                .withName(spec.name())
                .withContainerPort(spec.port())
                .withProtocol(spec.protocol().name())
                .build();
    }

    /** Without a probe of the customer's own, a port that requests are routed to must at least accept connections. */
    private @Nullable Probe readiness(ContainerSpec spec) {
        if (spec.readinessProbe() != null) {
            return probe(spec.readinessProbe());
        }
        return spec.ports().stream()
                .filter(port -> port.protocol() == PortSpec.Protocol.TCP && entrypointPorts.contains(port.port()))
                .findFirst()
                .map(port -> probe(ProbeSpec.tcp(port.port(), DEFAULT_PROBE_PERIOD_SECONDS)))
                .orElse(null);
    }

    private static @Nullable Probe probe(@Nullable ProbeSpec spec) {
        if (spec == null) {
            return null;
        }
        ProbeBuilder builder = new ProbeBuilder()
                .withInitialDelaySeconds(spec.initialDelaySeconds())
                .withPeriodSeconds(spec.periodSeconds())
                .withTimeoutSeconds(spec.timeoutSeconds())
                .withSuccessThreshold(spec.successThreshold())
                .withFailureThreshold(spec.failureThreshold());
        if (spec.http() != null) {
            builder.withNewHttpGet()
                    .withPath(spec.http().path())
                    .withPort(new IntOrString(spec.http().port()))
                    .withScheme(spec.http().scheme().name())
                    .endHttpGet();
        }
        if (spec.tcp() != null) {
            builder.withNewTcpSocket()
                    .withPort(new IntOrString(spec.tcp().port()))
                    .endTcpSocket();
        }
        if (spec.exec() != null) {
            builder.withNewExec().withCommand(spec.exec().command()).endExec();
        }
        return builder.build();
    }
}
