// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.network;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which route leads to the pods of each other node. Pure. */
final class Routes {
    private Routes() {}

    /** Pod range to the address of the node that has it, for all nodes but this one. */
    static Map<String, String> to(List<Node> nodes, String self) {
        Map<String, String> routes = new TreeMap<>();
        for (Node node : nodes) {
            Optional<String> address = internalAddress(node);
            String range = node.getSpec() == null ? null : node.getSpec().getPodCIDR();
            if (range != null
                    && address.isPresent()
                    && !node.getMetadata().getName().equals(self)) {
                routes.put(range, address.get());
            }
        }
        return routes;
    }

    private static Optional<String> internalAddress(Node node) {
        return node.getStatus() == null
                ? Optional.empty()
                : node.getStatus().getAddresses().stream()
                        .filter(a -> "InternalIP".equals(a.getType()))
                        .map(NodeAddress::getAddress)
                        .findFirst();
    }
}
