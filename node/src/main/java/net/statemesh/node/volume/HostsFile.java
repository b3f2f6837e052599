// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.volume;

import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;

/** {@code /etc/hosts} of a pod: loopback, its own name, and the aliases it asks for. */
final class HostsFile {
    private static final String LOOPBACK = """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            """;

    private HostsFile() {}

    static byte[] of(Pod pod, String podIp, String hostname) {
        StringBuilder text = new StringBuilder(LOOPBACK);
        if (!podIp.isEmpty()) {
            text.append(podIp).append('\t').append(hostname).append('\n');
        }
        for (HostAlias alias : pod.getSpec().getHostAliases()) {
            text.append(alias.getIp())
                    .append('\t')
                    .append(String.join(" ", alias.getHostnames()))
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
