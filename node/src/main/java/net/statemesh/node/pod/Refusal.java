// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Optional;
import java.util.stream.Stream;
import net.statemesh.api.SystemNames;

/**
 * Why this node will not run a pod: it would reach beyond its sandbox, or asks for something that is not there. Said at once and
 * for good, as the phase {@code Failed}.
 *
 * @param reason one word for machines
 * @param message names the field, the value and what is accepted
 */
record Refusal(String reason, String message) {
    private static final String SYSTEM_NAMESPACE = SystemNames.NAMESPACE;

    static Optional<Refusal> of(Pod pod) {
        PodSpec spec = pod.getSpec();
        Stream<Container> containers = Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream());
        boolean trusted = SYSTEM_NAMESPACE.equals(pod.getMetadata().getNamespace());
        return Stream.of(
                        host(spec.getHostNetwork(), "hostNetwork"),
                        host(spec.getHostPID(), "hostPID"),
                        host(spec.getHostIPC(), "hostIPC"),
                        spec.getVolumes().stream()
                                .flatMap(v -> volume(v).stream())
                                .findFirst(),
                        containers.flatMap(c -> container(c, trusted).stream()).findFirst())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Refusal> host(Boolean wanted, String field) {
        return Boolean.TRUE.equals(wanted)
                ? Optional.of(new Refusal(
                        "HostAccessForbidden", "spec." + field + " is true; pods here have namespaces of their own."))
                : Optional.empty();
    }

    private static Optional<Refusal> volume(Volume volume) {
        String field = "spec.volumes[" + volume.getName() + "]";
        if (volume.getHostPath() != null) {
            return Optional.of(new Refusal(
                    "HostPathForbidden",
                    field + ".hostPath is " + volume.getHostPath().getPath()
                            + "; folders of the node are not given to pods. Accepted: emptyDir, configMap, secret,"
                            + " projected, downwardAPI."));
        }
        boolean known = volume.getEmptyDir() != null
                || volume.getConfigMap() != null
                || volume.getSecret() != null
                || volume.getProjected() != null
                || volume.getDownwardAPI() != null;
        return known
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "VolumeUnsupported",
                        field + " has a source that this node cannot mount. Accepted: emptyDir, configMap, secret,"
                                + " projected, downwardAPI."));
    }

    private static Optional<Refusal> container(Container container, boolean trusted) {
        String field = "spec.containers[" + container.getName() + "]";
        var security = container.getSecurityContext();
        if (security != null && Boolean.TRUE.equals(security.getPrivileged()) && !trusted) {
            return Optional.of(new Refusal(
                    "PrivilegedForbidden",
                    field + ".securityContext.privileged is true; accepted only in namespace " + SYSTEM_NAMESPACE
                            + "."));
        }
        if (container.getRestartPolicy() != null) {
            return Optional.of(new Refusal(
                    "SidecarUnsupported",
                    field + ".restartPolicy is " + container.getRestartPolicy()
                            + "; init containers run to their end here. Make it an ordinary container."));
        }
        boolean hostPort = container.getPorts().stream().anyMatch(p -> p.getHostPort() != null && p.getHostPort() > 0);
        return hostPort
                ? Optional.of(new Refusal(
                        "HostPortForbidden",
                        field + ".ports has a hostPort; traffic enters through the ingress router."))
                : Optional.empty();
    }
}
