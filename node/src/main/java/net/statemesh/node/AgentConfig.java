// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.statemesh.api.error.StateMeshException;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of one agent, a JSON document.
 *
 * @param zone name of the availability zone
 * @param kubeconfig of {@code system:node:<nodeName>}
 * @param containerdSocket unix socket of this node's containerd
 * @param address of this node in the zone's network
 * @param port of the kubelet API, normally 10250
 * @param podCidr range from which this node's pods get addresses, for example {@code 10.64.1.0/24}
 * @param stateDirectory where the agent keeps checkpoints, volumes and logs
 * @param certificate that the kubelet API presents, with its {@code key}
 * @param clientCa signs the certificate {@code CN=statemesh:api-server}, the only one that the kubelet API accepts
 * @param cniConfDirectory where containerd looks for the network configuration
 * @param cgroupParent path below each cgroup hierarchy for the pods of this node
 * @param memoryBytes share of the machine's memory; null: all of it
 * @param cpuMillis share of the machine's CPU in thousandths of a core; null: all of it
 * @param labels further labels of the Node
 */
public record AgentConfig(
        String nodeName,
        String zone,
        Path kubeconfig,
        Path containerdSocket,
        String address,
        int port,
        String podCidr,
        Path stateDirectory,
        Path certificate,
        Path key,
        Path clientCa,
        Path cniConfDirectory,
        String cgroupParent,
        @Nullable Long memoryBytes,
        @Nullable Integer cpuMillis,
        Map<String, String> labels) {
    private static final int MAX_PORT = 65_535;

    public AgentConfig {
        required("nodeName", nodeName);
        required("zone", zone);
        required("kubeconfig", kubeconfig);
        required("containerdSocket", containerdSocket);
        required("address", address);
        required("podCidr", podCidr);
        required("stateDirectory", stateDirectory);
        required("certificate", certificate);
        required("key", key);
        required("clientCa", clientCa);
        required("cniConfDirectory", cniConfDirectory);
        required("cgroupParent", cgroupParent);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        if (port < 0 || port > MAX_PORT) {
            throw wrong("port", port, "1 to 65535, or 0 for a free one");
        }
        if (!podCidr.matches("\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}")) {
            throw wrong("podCidr", podCidr, "an IPv4 range such as 10.64.1.0/24");
        }
        if (!cgroupParent.startsWith("/")) {
            throw wrong("cgroupParent", cgroupParent, "an absolute path such as /statemesh/node-1/pods");
        }
        if (memoryBytes != null && memoryBytes <= 0) {
            throw wrong("memoryBytes", memoryBytes, "a positive number of bytes, or null for the whole machine");
        }
        if (cpuMillis != null && cpuMillis <= 0) {
            throw wrong(
                    "cpuMillis",
                    cpuMillis,
                    "a positive number of thousandths of a core, or null for the whole machine");
        }
    }

    /** Reads a configuration file. */
    public static AgentConfig read(Path file) {
        try {
            return new ObjectMapper().readValue(file.toFile(), AgentConfig.class);
        } catch (IOException e) {
            if (e.getCause() instanceof StateMeshException known) {
                throw known;
            }
            throw new StateMeshException(
                    NodeErrors.CONFIGURATION,
                    "cannot read the agent's configuration " + file + ".",
                    List.of(String.valueOf(e.getMessage())),
                    List.of("write it again: statemesh up"),
                    e);
        }
    }

    private static void required(String field, @Nullable Object value) {
        if (value == null || Objects.toString(value).isBlank()) {
            throw wrong(field, value, "a value");
        }
    }

    private static StateMeshException wrong(String field, @Nullable Object value, String accepted) {
        return new StateMeshException(
                NodeErrors.CONFIGURATION,
                "the agent's configuration has " + field + " = " + value + "; accepted: " + accepted + ".",
                List.of(),
                List.of());
    }
}
