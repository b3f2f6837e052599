// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.statemesh.launcher.folder.ZoneRecord.NodeRecord;

/**
 * Addresses and names of one zone's underlay, computed from its number alone.
 *
 * @param octet X of 10.X.0.0/16
 */
public record NetworkPlan(int octet, int nodeCount) {
    public static final int FIRST_OCTET = 64;
    public static final int LAST_OCTET = 127;
    public static final int MAX_NODES = 20;

    public NetworkPlan {
        if (octet < FIRST_OCTET || octet > LAST_OCTET) {
            throw new IllegalArgumentException("octet must be 64 to 127: " + octet);
        }
        if (nodeCount < 1 || nodeCount > MAX_NODES) {
            throw new IllegalArgumentException("a zone has 1 to " + MAX_NODES + " virtual nodes: " + nodeCount);
        }
    }

    public static String bridgeOf(int octet) {
        return "sm" + octet;
    }

    /** What the names of all network namespaces of a zone begin with. */
    public static String namespacePrefix(int octet) {
        return "sm-" + octet + "-";
    }

    public String bridge() {
        return bridgeOf(octet);
    }

    /** Address of the root namespace in the underlay. */
    public String rootAddress() {
        return "10." + octet + ".0.1";
    }

    public List<NodeRecord> nodes() {
        return IntStream.rangeClosed(1, nodeCount).mapToObj(this::node).toList();
    }

    private NodeRecord node(int number) {
        return new NodeRecord(
                "node-" + number,
                namespacePrefix(octet) + "node-" + number,
                "10." + octet + ".0." + (10 + number),
                "10." + octet + "." + number + ".0/24");
    }

    /** Line for {@code ip -batch} in the root namespace that adds a node's link; its namespace exists already. */
    String linkCommand(NodeRecord node) {
        return "link add " + outerLink(node) + " type veth peer name eth0 netns " + node.namespace();
    }

    /** Lines for {@code ip -batch} in the root namespace that bring a node's link to its state, whatever that was. */
    List<String> outsideCommands(NodeRecord node) {
        return List.of(
                "link set " + outerLink(node) + " master " + bridge() + " up",
                "route replace " + node.podRange() + " via " + node.address() + " dev " + bridge());
    }

    /** Line for {@code ip -batch} in the root namespace after which nothing reaches the node. */
    String linkDownCommand(NodeRecord node) {
        return "link set " + outerLink(node) + " down";
    }

    /** Lines for {@code ip -batch} inside the namespace of {@code node} after which it and the master do not hear each other. */
    List<String> cutCommands(NodeRecord node) {
        return List.of(
                "xfrm policy update " + fromMaster(node) + " action block",
                "xfrm policy update " + toMaster(node) + " action block");
    }

    /** Lines that undo {@link #cutCommands}. */
    List<String> mendCommands(NodeRecord node) {
        return List.of("xfrm policy delete " + fromMaster(node), "xfrm policy delete " + toMaster(node));
    }

    /** Selects what the node itself receives; what it forwards to its pods has another direction. */
    private String fromMaster(NodeRecord node) {
        return "src " + rootAddress() + "/32 dst " + node.address() + "/32 dir in";
    }

    private String toMaster(NodeRecord node) {
        return "src " + node.address() + "/32 dst " + rootAddress() + "/32 dir out";
    }

    /** Lines for {@code ip -batch} inside the namespace of {@code node}. */
    List<String> insideCommands(NodeRecord node) {
        List<String> lines = new ArrayList<>(List.of(
                "link set lo up",
                "address replace " + node.address() + "/24 dev eth0",
                "link set eth0 up",
                "route replace default via " + rootAddress()));
        for (NodeRecord other : nodes()) {
            if (!other.equals(node)) {
                lines.add("route replace " + other.podRange() + " via " + other.address());
            }
        }
        return lines;
    }

    private String outerLink(NodeRecord node) {
        return bridge() + "-" + number(node);
    }

    private static int number(NodeRecord node) {
        return Integer.parseInt(node.name().substring("node-".length()));
    }
}
