// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One container of a replica. {@code command} replaces the image's entrypoint, {@code args} its arguments. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ContainerSpec(
        @Required @Size(min = 1, max = 63) @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        String name,

        @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("Image reference, as in docker pull.")
        String image,

        @JsonPropertyDescription("Replaces the entrypoint of the image.")
        List<String> command,

        @JsonPropertyDescription("Replaces the arguments of the image.")
        List<String> args,

        @Size(max = MAX_ENV) List<EnvVariable> env,

        @Nullable ComputeResources resources,

        @Size(max = MAX_PORTS) List<PortSpec> ports,

        @Nullable ProbeSpec readinessProbe,

        @Nullable ProbeSpec livenessProbe,

        @Nullable ProbeSpec startupProbe) {
    public static final int MAX_ENV = 1000;
    public static final int MAX_PORTS = 100;

    public ContainerSpec {
        command = Absent.list(command);
        args = Absent.list(args);
        env = Absent.list(env);
        ports = Absent.list(ports);
    }

    public static ContainerSpec of(String name, String image) {
        return new ContainerSpec(name, image, List.of(), List.of(), List.of(), null, List.of(), null, null, null);
    }

    public ContainerSpec withCommand(List<String> newCommand, List<String> newArgs) {
        return new ContainerSpec(
                name, image, newCommand, newArgs, env, resources, ports, readinessProbe, livenessProbe, startupProbe);
    }

    public ContainerSpec withEnv(List<EnvVariable> newEnv) {
        return new ContainerSpec(
                name, image, command, args, newEnv, resources, ports, readinessProbe, livenessProbe, startupProbe);
    }

    public ContainerSpec withResources(@Nullable ComputeResources newResources) {
        return new ContainerSpec(
                name, image, command, args, env, newResources, ports, readinessProbe, livenessProbe, startupProbe);
    }

    public ContainerSpec withPorts(List<PortSpec> newPorts) {
        return new ContainerSpec(
                name, image, command, args, env, resources, newPorts, readinessProbe, livenessProbe, startupProbe);
    }

    public ContainerSpec withProbes(
            @Nullable ProbeSpec readiness, @Nullable ProbeSpec liveness, @Nullable ProbeSpec startup) {
        return new ContainerSpec(name, image, command, args, env, resources, ports, readiness, liveness, startup);
    }
}
