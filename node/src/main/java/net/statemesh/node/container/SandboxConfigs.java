// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.container;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Map;
import net.statemesh.node.cri.Labels;
import net.statemesh.node.cri.wire.DNSConfig;
import net.statemesh.node.cri.wire.LinuxPodSandboxConfig;
import net.statemesh.node.cri.wire.LinuxSandboxSecurityContext;
import net.statemesh.node.cri.wire.PodSandboxConfig;
import net.statemesh.node.cri.wire.PodSandboxMetadata;

/** What the runtime is asked to create as the sandbox of a pod. */
public final class SandboxConfigs {
    private static final int MAX_HOST_NAME = 63;

    private SandboxConfigs() {}

    /**
     * The sandbox of one attempt.
     *
     * @param cgroupParent cgroup of the pod, as a path below each hierarchy
     * @param logDirectory folder for the logs of its containers
     */
    public static PodSandboxConfig of(Pod pod, int attempt, String cgroupParent, String logDirectory) {
        PodSpec spec = pod.getSpec();
        LinuxSandboxSecurityContext security = LinuxSandboxSecurityContext.newBuilder()
                .setNamespaceOptions(SecurityContexts.namespaces(spec))
                .setSeccomp(SecurityContexts.seccomp(null))
                .setPrivileged(spec.getContainers().stream()
                        .anyMatch(c -> c.getSecurityContext() != null
                                && Boolean.TRUE.equals(c.getSecurityContext().getPrivileged())))
                .build();
        PodSandboxConfig.Builder config = PodSandboxConfig.newBuilder()
                .setMetadata(PodSandboxMetadata.newBuilder()
                        .setName(pod.getMetadata().getName())
                        .setNamespace(pod.getMetadata().getNamespace())
                        .setUid(pod.getMetadata().getUid())
                        .setAttempt(attempt))
                .setHostname(hostname(pod))
                .setLogDirectory(logDirectory)
                .putAllLabels(labels(pod))
                .setLinux(LinuxPodSandboxConfig.newBuilder()
                        .setCgroupParent(cgroupParent)
                        .setSecurityContext(security));
        PodDNSConfig dns = spec.getDnsConfig();
        if (dns != null) {
            config.setDnsConfig(dns(dns));
        }
        return config.build();
    }

    static Map<String, String> labels(Pod pod) {
        return Map.of(
                Labels.POD_NAME, pod.getMetadata().getName(),
                Labels.POD_NAMESPACE, pod.getMetadata().getNamespace(),
                Labels.POD_UID, pod.getMetadata().getUid());
    }

    /** {@code spec.hostname}, else the pod's name; at most 63 characters as the kernel wants it. */
    public static String hostname(Pod pod) {
        String wanted = pod.getSpec().getHostname();
        String name = wanted == null || wanted.isEmpty() ? pod.getMetadata().getName() : wanted;
        String cut = name.length() <= MAX_HOST_NAME ? name : name.substring(0, MAX_HOST_NAME);
        return cut.replaceAll("[-.]+$", "");
    }

    private static DNSConfig dns(PodDNSConfig dns) {
        DNSConfig.Builder config =
                DNSConfig.newBuilder().addAllServers(dns.getNameservers()).addAllSearches(dns.getSearches());
        dns.getOptions()
                .forEach(o -> config.addOptions(o.getValue() == null ? o.getName() : o.getName() + ":" + o.getValue()));
        return config.build();
    }
}
