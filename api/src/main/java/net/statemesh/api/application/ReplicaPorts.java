// SPDX-License-Identifier: Apache-2.0
package net.statemesh.api.application;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a replica was made for: kept as JSON in {@link net.statemesh.api.Annotations#PORTS} of its pod, so that replicas of an old and
 * of a new version are each reached by ports of their own while one replaces the other.
 *
 * @param declared TCP ports of its containers
 * @param entrypoints of its application when it was made
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReplicaPorts(List<Integer> declared, List<Entrypoint> entrypoints) {
    public ReplicaPorts {
        declared = Absent.list(declared);
        entrypoints = Absent.list(entrypoints);
    }

    /** Of a replica that is made of this spec. */
    public static ReplicaPorts of(ApplicationSpec spec) {
        List<Integer> declared = spec.containers().stream()
                .flatMap(container -> container.ports().stream())
                .filter(port -> port.protocol() == PortSpec.Protocol.TCP)
                .map(PortSpec::port)
                .toList();
        return new ReplicaPorts(declared, spec.entrypoints());
    }

    /**
     * By which port it answers for an entrypoint of its application as that is now: the entrypoint's port if it has that; else the
     * port by which it answered these paths when it was made, or the only one it ever had; empty when it has none for them.
     */
    public Optional<Integer> portFor(Entrypoint now) {
        if (declared.contains(now.port())) {
            return Optional.of(now.port());
        }
        return entrypoints.stream()
                .filter(own -> Objects.equals(own.host(), now.host()) && own.covers(now.path()))
                .max(Comparator.comparingInt(own -> own.path().length()))
                .map(Entrypoint::port)
                .or(this::onlyPort);
    }

    private Optional<Integer> onlyPort() {
        List<Integer> ports =
                entrypoints.stream().map(Entrypoint::port).distinct().toList();
        return ports.size() == 1 ? Optional.of(ports.getFirst()) : Optional.empty();
    }
}
