// SPDX-License-Identifier: Apache-2.0
package net.statemesh.zone.health;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import java.util.Optional;

/**
 * A node as the health protocol needs it.
 *
 * @param number in messages
 * @param address IP address and {@code port} (UDP, the number of its kubelet port) of its agent
 */
record NodeEntry(String name, int number, String address, int port) {
    /** Empty until the agent has said where it is. */
    static Optional<NodeEntry> of(Node node, int number) {
        if (node.getStatus() == null
                || node.getStatus().getDaemonEndpoints() == null
                || node.getStatus().getDaemonEndpoints().getKubeletEndpoint() == null) {
            return Optional.empty();
        }
        int port = node.getStatus().getDaemonEndpoints().getKubeletEndpoint().getPort();
        return node.getStatus().getAddresses().stream()
                .filter(address -> "InternalIP".equals(address.getType()))
                .map(NodeAddress::getAddress)
                .findFirst()
                .map(address -> new NodeEntry(node.getMetadata().getName(), number, address, port));
    }
}
