// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.apps;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ApplicationSpecBuilder;
import net.statemesh.api.application.ComputeResources;
import net.statemesh.api.application.ComputeResources.Amounts;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.EnvVariable;
import net.statemesh.api.application.PortSpec;
import net.statemesh.api.application.ProbeSpec;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.cli.CliErrors;
import org.jspecify.annotations.Nullable;

/** Computes the spec that flags ask for, on top of what is there. Pure. */
final class SpecChange {
    private static final int PROBE_PERIOD_SECONDS = 1;

    private SpecChange() {}

    /** {@code before} is absent for a new application, which gets one container of its own name. */
    static ApplicationSpec apply(String name, Optional<ApplicationSpec> before, String image, DeployFlags flags) {
        ContainerSpec first =
                before.map(spec -> spec.containers().getFirst()).orElseGet(() -> ContainerSpec.of(name, image));
        ContainerSpec changed = container(first, image, flags);
        List<ContainerSpec> containers =
                new ArrayList<>(before.map(ApplicationSpec::containers).orElse(List.of()));
        if (containers.isEmpty()) {
            containers.add(changed);
        } else {
            containers.set(0, changed);
        }
        ApplicationSpecBuilder spec =
                before.map(ApplicationSpec::toBuilder).orElseGet(() -> ApplicationSpec.of(changed));
        spec.containers(containers).stopped(false);
        if (flags.replicas != null) {
            spec.replicas(flags.replicas);
        }
        if (flags.port != null) {
            spec.entrypoints(
                    entrypoints(name, before.map(ApplicationSpec::entrypoints).orElse(List.of()), flags.port));
        }
        if (!flags.pullSecrets.isEmpty()) {
            spec.imagePullSecrets(flags.pullSecrets);
        }
        flags.placement.change(before, spec);
        return spec.build();
    }

    private static ContainerSpec container(ContainerSpec before, String image, DeployFlags flags) {
        ContainerSpec container = new ContainerSpec(
                before.name(),
                image,
                before.command(),
                before.args(),
                environment(before.env(), flags.env),
                resources(before.resources(), flags),
                before.ports(),
                before.readinessProbe(),
                before.livenessProbe(),
                before.startupProbe());
        return flags.port == null ? container : listening(container, flags.port);
    }

    /** Hosts and paths stay; the one port that they lead to changes. */
    private static List<Entrypoint> entrypoints(String name, List<Entrypoint> before, int port) {
        if (before.stream().anyMatch(entrypoint -> entrypoint.port() == port)) {
            return before;
        }
        if (before.stream().map(Entrypoint::port).distinct().count() > 1) {
            throw new StateMeshException(
                    CliErrors.USAGE,
                    "--port is '" + port + "', but '" + name + "' has entrypoints to several ports: "
                            + String.join(
                                    ", ",
                                    before.stream()
                                            .map(entrypoint -> entrypoint.path() + " to " + entrypoint.port())
                                            .toList())
                            + ".",
                    List.of(),
                    List.of("change the manifest and deploy it with -f"));
        }
        return before.isEmpty()
                ? List.of(Entrypoint.toPort(port))
                : before.stream()
                        .map(entrypoint ->
                                new Entrypoint(entrypoint.host(), entrypoint.path(), entrypoint.pathType(), port))
                        .toList();
    }

    /** Declares the port; ready means that somebody listens there, so that no request is routed earlier. */
    private static ContainerSpec listening(ContainerSpec container, int port) {
        if (container.ports().stream().anyMatch(declared -> declared.port() == port)) {
            return container;
        }
        List<PortSpec> ports = new ArrayList<>(container.ports());
        ports.removeIf(declared -> declared.equals(PortSpec.tcp(declared.port()))); // what an earlier --port declared
        ports.add(PortSpec.tcp(port));
        ProbeSpec before = container.readinessProbe();
        boolean ownProbe = before != null && before.tcp() == null;
        return container
                .withPorts(ports)
                .withProbes(
                        ownProbe ? before : ProbeSpec.tcp(port, PROBE_PERIOD_SECONDS),
                        container.livenessProbe(),
                        container.startupProbe());
    }

    private static List<EnvVariable> environment(List<EnvVariable> before, Map<String, String> given) {
        Map<String, EnvVariable> merged = new LinkedHashMap<>();
        before.forEach(variable -> merged.put(variable.name(), variable));
        given.forEach((name, value) -> merged.put(name, EnvVariable.of(name, value)));
        return List.copyOf(merged.values());
    }

    private static @Nullable ComputeResources resources(@Nullable ComputeResources before, DeployFlags flags) {
        if (flags.cpu == null && flags.memory == null) {
            return before;
        }
        Amounts limits = before == null || before.limits() == null ? new Amounts(null, null) : before.limits();
        return ComputeResources.exactly(
                flags.cpu == null ? limits.cpu() : new Quantity(flags.cpu),
                flags.memory == null ? limits.memory() : new Quantity(flags.memory));
    }
}
