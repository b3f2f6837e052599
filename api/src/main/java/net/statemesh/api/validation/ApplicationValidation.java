// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.statemesh.api.Hostnames;
import net.statemesh.api.Reason;
import net.statemesh.api.ZoneSettings;
import net.statemesh.api.application.ApplicationSpec;
import net.statemesh.api.application.ContainerSpec;
import net.statemesh.api.application.Entrypoint;
import net.statemesh.api.application.PortSpec;
import net.statemesh.api.application.Priority;
import net.statemesh.api.project.ProjectSpec;
import org.jspecify.annotations.Nullable;

/** Rules over an application that span fields or objects. */
public final class ApplicationValidation {
    private final Violations violations = new Violations();

    private ApplicationValidation() {}

    /** Everything that is wrong, in the order of the fields; empty when the application can be accepted. */
    public static List<Violation> check(String name, ApplicationSpec spec, ZoneSettings zone, HostOwners owners) {
        ApplicationValidation validation = new ApplicationValidation();
        validation.name(name);
        validation.containers(spec);
        validation.entrypoints(spec, zone, owners);
        new PlacementValidation(validation.violations).check("spec.placement", spec.placement());
        return validation.violations.list();
    }

    /** An application whose priority is above what its project may have; empty when it may be so, or nothing is known of the project. */
    public static Optional<Violation> abovePriority(ApplicationSpec spec, @Nullable ProjectSpec project) {
        if (project == null
                || spec.priority().value() <= project.highestPriority().value()) {
            return Optional.empty();
        }
        String accepted = Stream.of(Priority.values())
                .filter(priority ->
                        priority.value() <= project.highestPriority().value())
                .map(Priority::label)
                .collect(Collectors.joining(" or "));
        return Optional.of(new Violation(
                "spec.priority",
                spec.priority().label(),
                accepted + ", until an administrator raises the highest priority of the project",
                Reason.PRIORITY_NOT_ALLOWED));
    }

    private void name(String name) {
        violations.require(
                Hostnames.isDnsLabel(name) && name.length() <= Hostnames.MAX_APPLICATION_NAME_LENGTH,
                "metadata.name",
                name,
                "a DNS label (a-z, 0-9 and -) of at most " + Hostnames.MAX_APPLICATION_NAME_LENGTH
                        + " characters, so that the generated host fits");
    }

    private void containers(ApplicationSpec spec) {
        violations.require(!spec.containers().isEmpty(), "spec.containers", "", "a list of at least one container");
        Violations.Unique names = violations.new Unique("a name that no other container of the application has");
        Violations.Unique ports = violations.new Unique("a port and protocol that no other container declares");
        Violations.Unique portNames = violations.new Unique("a port name that is used once");
        ContainerValidation container = new ContainerValidation(violations, names, ports, portNames);
        for (int i = 0; i < spec.containers().size(); i++) {
            container.check("spec.containers[" + i + "]", spec.containers().get(i));
        }
        for (int i = 0; i < spec.initContainers().size(); i++) {
            container.checkInit(
                    "spec.initContainers[" + i + "]", spec.initContainers().get(i));
        }
    }

    private void entrypoints(ApplicationSpec spec, ZoneSettings zone, HostOwners owners) {
        Set<Integer> tcpPorts = spec.containers().stream()
                .map(ContainerSpec::ports)
                .flatMap(List::stream)
                .filter(port -> port.protocol() == PortSpec.Protocol.TCP)
                .map(PortSpec::port)
                .collect(Collectors.toSet());
        Violations.Unique routes = violations.new Unique("a host, path and pathType that no other entrypoint has");
        for (int i = 0; i < spec.entrypoints().size(); i++) {
            Entrypoint entrypoint = spec.entrypoints().get(i);
            String field = "spec.entrypoints[" + i + "]";
            violations.require(
                    tcpPorts.contains(entrypoint.port()), field + ".port", entrypoint.port(), declared(tcpPorts));
            routes.check(field, route(entrypoint));
            if (entrypoint.host() != null) {
                host(field + ".host", entrypoint.host(), zone, owners);
            }
        }
    }

    private void host(String field, String host, ZoneSettings zone, HostOwners owners) {
        String accepted = "a name that ends with ." + Hostnames.suffix(zone);
        boolean inZone = Hostnames.isDnsName(host) && Hostnames.isInZone(host, zone);
        violations.require(inZone, field, host, accepted);
        if (inZone) {
            owners.otherProjectWith(host)
                    .ifPresent(project -> violations.add(new Violation(
                            field,
                            host,
                            accepted + " and is free; project '" + project + "' has it",
                            Reason.HOST_TAKEN)));
        }
    }

    private static String route(Entrypoint entrypoint) {
        String host = entrypoint.host() == null ? "" : entrypoint.host();
        return host + entrypoint.path() + " (" + entrypoint.pathType() + ")";
    }

    private static String declared(Set<Integer> ports) {
        if (ports.isEmpty()) {
            return "a TCP port that a container declares (none does)";
        }
        List<Integer> sorted = new ArrayList<>(ports);
        sorted.sort(null);
        return "a TCP port that a container declares: "
                + sorted.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
