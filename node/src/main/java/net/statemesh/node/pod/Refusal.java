// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.statemesh.api.SystemNames;
import org.jspecify.annotations.Nullable;

/**
 * Why this node will not run a pod: it would reach beyond its sandbox, or asks for something that is not there. Said at once and
 * for good, as the phase {@code Failed}.
 *
 * @param reason one word for machines
 * @param message names the field, the value and what is accepted
 */
record Refusal(String reason, String message) {
    private static final String SYSTEM_NAMESPACE = SystemNames.NAMESPACE;

    private static final List<String> HARMLESS_CAPABILITIES = List.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    static Optional<Refusal> of(Pod pod) {
        PodSpec spec = pod.getSpec();
        boolean trusted = SYSTEM_NAMESPACE.equals(pod.getMetadata().getNamespace());
        return Stream.of(
                        host(spec.getHostNetwork(), "hostNetwork"),
                        host(spec.getHostPID(), "hostPID"),
                        host(spec.getHostIPC(), "hostIPC"),
                        trusted ? Optional.<Refusal>empty() : podSecurity(spec.getSecurityContext()),
                        spec.getVolumes().stream()
                                .flatMap(v -> volume(v).stream())
                                .findFirst(),
                        allContainers(spec)
                                .flatMap(c -> container(c, trusted).stream())
                                .findFirst(),
                        allContainers(spec)
                                .flatMap(c -> mounts(c, spec.getVolumes()).stream())
                                .findFirst())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Stream<Container> allContainers(PodSpec spec) {
        return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream());
    }

    /** A container could put a link where the node would follow a path within a volume that containers write. */
    private static Optional<Refusal> mounts(Container container, List<Volume> volumes) {
        return container.getVolumeMounts().stream()
                .flatMap(mount -> mount(container, mount, volumes).stream())
                .findFirst();
    }

    private static Optional<Refusal> mount(Container container, VolumeMount mount, List<Volume> volumes) {
        String field = "spec.containers[" + container.getName() + "].volumeMounts[" + mount.getName() + "]";
        if (isSet(mount.getSubPathExpr())) {
            return Optional.of(new Refusal(
                    "SubPathUnsupported",
                    field + ".subPathExpr is " + mount.getSubPathExpr() + "; accepted: none. Use subPath."));
        }
        boolean writable = volumes.stream()
                .anyMatch(volume -> volume.getName().equals(mount.getName()) && volume.getEmptyDir() != null);
        return writable && isSet(mount.getSubPath())
                ? Optional.of(new Refusal(
                        "SubPathUnsupported",
                        field + ".subPath is " + mount.getSubPath()
                                + "; accepted for an emptyDir: none. Mount the whole volume."))
                : Optional.empty();
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static Optional<Refusal> host(Boolean wanted, String field) {
        return Boolean.TRUE.equals(wanted)
                ? Optional.of(new Refusal(
                        "HostAccessForbidden", "spec." + field + " is true; pods here have namespaces of their own."))
                : Optional.empty();
    }

    private static Optional<Refusal> podSecurity(@Nullable PodSecurityContext security) {
        if (security == null) {
            return Optional.empty();
        }
        if (!security.getSysctls().isEmpty()) {
            return Optional.of(new Refusal("SysctlForbidden", "spec.securityContext.sysctls is set; accepted: none."));
        }
        String seccomp = security.getSeccompProfile() == null
                ? "RuntimeDefault"
                : security.getSeccompProfile().getType();
        return "RuntimeDefault".equals(seccomp)
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "SeccompForbidden",
                        "spec.securityContext.seccompProfile.type is " + seccomp + "; accepted: RuntimeDefault."));
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

    /** What would let a container out of its sandbox; the same line as the Pod Security Standard "baseline" draws. */
    private static Optional<Refusal> confinement(String field, @Nullable SecurityContext security) {
        if (security == null) {
            return Optional.empty();
        }
        String seccomp = security.getSeccompProfile() == null
                ? "RuntimeDefault"
                : security.getSeccompProfile().getType();
        if (!"RuntimeDefault".equals(seccomp)) {
            return Optional.of(new Refusal(
                    "SeccompForbidden",
                    field + ".securityContext.seccompProfile.type is " + seccomp + "; accepted: RuntimeDefault."));
        }
        if (security.getProcMount() != null && !"Default".equals(security.getProcMount())) {
            return Optional.of(new Refusal(
                    "ProcMountForbidden",
                    field + ".securityContext.procMount is " + security.getProcMount() + "; accepted: Default."));
        }
        List<String> added = security.getCapabilities() == null
                ? List.of()
                : security.getCapabilities().getAdd();
        return added.stream()
                .filter(name -> !HARMLESS_CAPABILITIES.contains(name.replaceFirst("^CAP_", "")))
                .findFirst()
                .map(name -> new Refusal(
                        "CapabilityForbidden",
                        field + ".securityContext.capabilities.add has " + name + "; accepted: "
                                + String.join(", ", HARMLESS_CAPABILITIES) + "."));
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
        Optional<Refusal> unconfined = trusted ? Optional.empty() : confinement(field, security);
        if (unconfined.isPresent()) {
            return unconfined;
        }
        boolean grpc = Stream.of(
                        container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .anyMatch(p -> p != null && p.getGrpc() != null);
        if (grpc) {
            return Optional.of(
                    new Refusal("ProbeUnsupported", field + " has a grpc probe; accepted: httpGet, tcpSocket, exec."));
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
