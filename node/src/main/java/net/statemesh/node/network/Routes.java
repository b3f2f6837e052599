// SPDX-License-Identifier: Apache-2.0
package net.statemesh.node.network;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which route leads to the pods of each other node. Pure. What a node says about itself is believed only as far as it could be true: a
 * pod range as large as our own and beside it, an address beside our own, and nothing that a node had before it. Otherwise one node
 * could draw the traffic of all others to itself.
 */
final class Routes {
    /** Pod ranges of a zone share that many leading bits. */
    private static final int ZONE_PREFIX = 16;
    /** Addresses of a zone's nodes share that many leading bits. */
    private static final int UNDERLAY_PREFIX = 24;

    private Routes() {}

    /**
     * This node's own place in the network.
     *
     * @param podRange from which its pods get addresses
     * @param address of the node itself
     */
    record Place(String node, Ipv4Range podRange, Ipv4Range address) {
        static Place of(String node, String podCidr, String address) {
            return new Place(node, range(podCidr), range(address));
        }

        private static Ipv4Range range(String text) {
            return Ipv4Range.parse(text)
                    .orElseThrow(() -> new IllegalArgumentException("not an IPv4 address or range: " + text));
        }

        private boolean isPlausible(Ipv4Range range, Ipv4Range via) {
            return range.prefix() == podRange.prefix()
                    && podRange.widened(ZONE_PREFIX).contains(range)
                    && !podRange.overlaps(range)
                    && address.widened(UNDERLAY_PREFIX).contains(via)
                    && !address.equals(via);
        }
    }

    /** Pod range to the address of the node that has it, for all nodes but this one. */
    static Map<String, String> to(List<Node> nodes, Place self) {
        Map<String, String> routes = new TreeMap<>();
        List<Ipv4Range> taken = new ArrayList<>();
        for (Node node : oldestFirst(nodes)) {
            Optional<Ipv4Range> range = Optional.ofNullable(
                            node.getSpec() == null ? null : node.getSpec().getPodCIDR())
                    .flatMap(Ipv4Range::parse);
            Optional<String> via = internalAddress(node);
            Optional<Ipv4Range> address = via.flatMap(Ipv4Range::parse);
            if (range.isPresent()
                    && address.isPresent()
                    && !node.getMetadata().getName().equals(self.node())
                    && self.isPlausible(range.get(), address.get())
                    && taken.stream().noneMatch(range.get()::overlaps)) {
                taken.add(range.get());
                routes.put(node.getSpec().getPodCIDR(), via.get());
            }
        }
        return routes;
    }

    private static List<Node> oldestFirst(List<Node> nodes) {
        return nodes.stream()
                .sorted(Comparator.comparing((Node node) -> Optional.ofNullable(
                                        node.getMetadata().getCreationTimestamp())
                                .orElse(""))
                        .thenComparing(node -> node.getMetadata().getName()))
                .toList();
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
