// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord.NodeRecord;
import net.statemesh.launcher.process.Command;

/**
 * The links of a zone. The bridge carries the path of its zone folder as alias, so that the zone's number is found again even
 * when zone.json is not readable.
 */
public final class Underlay {
    private static final Path LINKS = Path.of("/sys/class/net");
    private static final Path NAMESPACES = Path.of("/run/netns");

    private Underlay() {}

    /** Number of the zone in {@code folder} as the kernel knows it. */
    public static Optional<Integer> existing(ZoneFolder folder) throws IOException {
        for (int octet = NetworkPlan.FIRST_OCTET; octet <= NetworkPlan.LAST_OCTET; octet++) {
            if (owner(octet).filter(folder.root().toString()::equals).isPresent()) {
                return Optional.of(octet);
            }
        }
        return Optional.empty();
    }

    /** Zone folder that a bridge belongs to, by its alias. */
    public static Optional<String> owner(int octet) throws IOException {
        Path alias = LINKS.resolve(NetworkPlan.bridgeOf(octet)).resolve("ifalias");
        return Files.isReadable(alias) ? Optional.of(Files.readString(alias).strip()) : Optional.empty();
    }

    /**
     * {@link LauncherErrors#NO_FREE_NETWORK} when another zone took the number while this one was stopped. This zone cannot take
     * another number: the names of its images hold the address of its registry.
     */
    public static void requireOwn(ZoneFolder folder, int octet) throws IOException {
        Optional<String> other =
                owner(octet).filter(owner -> !owner.equals(folder.root().toString()));
        if (other.isPresent()) {
            throw new StateMeshException(
                    LauncherErrors.NO_FREE_NETWORK,
                    "the addresses 10." + octet + ".0.0/16 of this zone are in use by another zone.",
                    List.of("link " + NetworkPlan.bridgeOf(octet) + " belongs to " + other.get()),
                    List.of("statemesh down --data " + other.get() + ", then try again"));
        }
    }

    /** Creates the bridge of the first 10.X.0.0/16 that nothing on this machine uses. */
    public static int claim(ZoneFolder folder) throws IOException {
        String routes = Command.run(List.of("ip", "-4", "route", "show", "table", "all"));
        for (int octet = NetworkPlan.FIRST_OCTET; octet <= NetworkPlan.LAST_OCTET; octet++) {
            String range = "10." + octet + ".";
            boolean used = routes.lines().anyMatch(line -> line.contains(" " + range) || line.startsWith(range));
            if (!used && addBridge(folder, octet)) {
                return octet;
            }
        }
        throw new StateMeshException(
                LauncherErrors.NO_FREE_NETWORK,
                "all of 10.64.0.0/16 to 10.127.0.0/16 are in use on this machine.",
                List.of("ip -4 route show"),
                List.of("stop a zone that is not needed: statemesh doctor lists them"));
    }

    private static boolean addBridge(ZoneFolder folder, int octet) throws IOException {
        String bridge = NetworkPlan.bridgeOf(octet);
        if (Files.exists(LINKS.resolve(bridge))
                || !Command.attempt(List.of("ip", "link", "add", bridge, "type", "bridge"))
                        .succeeded()) {
            return false;
        }
        Command.run(List.of("ip", "link", "set", bridge, "alias", folder.root().toString()));
        return true;
    }

    /** Brings the root namespace and every node to what {@code plan} says; what is there already stays. */
    public static void ensure(ZoneFolder folder, NetworkPlan plan) throws IOException {
        if (!Files.exists(LINKS.resolve(plan.bridge())) && !addBridge(folder, plan.octet())) {
            throw new StateMeshException(
                    LauncherErrors.NO_FREE_NETWORK,
                    "the link " + plan.bridge() + " of this zone cannot be created.",
                    List.of(),
                    List.of("ip link show " + plan.bridge()));
        }
        keepFirewallOff(plan.bridge());
        List<String> root = new ArrayList<>(List.of(
                "link set " + plan.bridge() + " up",
                "address replace " + plan.rootAddress() + "/24 dev " + plan.bridge()));
        for (NodeRecord node : plan.nodes()) {
            if (!Files.exists(NAMESPACES.resolve(node.namespace()))) {
                Command.run(List.of("ip", "netns", "add", node.namespace()));
            }
            if (!isLinked(node)) {
                root.add(plan.linkCommand(node));
            }
            root.addAll(plan.outsideCommands(node));
        }
        Command.run(List.of("ip", "-batch", "-"), lines(root));
        for (NodeRecord node : plan.nodes()) {
            Command.run(List.of("ip", "-n", node.namespace(), "-batch", "-"), lines(plan.insideCommands(node)));
            Command.run(List.of(
                    "nsenter",
                    "--net=" + NAMESPACES.resolve(node.namespace()),
                    "sh",
                    "-c",
                    "echo 1 > /proc/sys/net/ipv4/ip_forward"));
        }
    }

    /**
     * Where Docker is installed, frames on every bridge pass its rules for forwarded packets, which drop what they do not know:
     * pods of two nodes would not reach each other.
     */
    private static void keepFirewallOff(String bridge) throws IOException {
        for (String family : List.of("iptables", "ip6tables", "arptables")) {
            Path setting = LINKS.resolve(bridge).resolve("bridge").resolve("nf_call_" + family);
            if (Files.exists(setting)) {
                Files.writeString(setting, "0");
            }
        }
    }

    /** Whether the node's end of its link is there: not while the zone is stopped. */
    public static boolean isPlugged(NodeRecord node) {
        return Files.exists(NAMESPACES.resolve(node.namespace())) && isLinked(node);
    }

    /** Takes a node's link down, or brings it up with its routes. */
    public static void setLink(int octet, NodeRecord node, boolean up) {
        NetworkPlan plan = planOf(octet);
        List<String> commands = up ? plan.outsideCommands(node) : List.of(plan.linkDownCommand(node));
        Command.run(List.of("ip", "-batch", "-"), lines(commands));
    }

    /** From now on nothing passes between the node's own address and the master's; what pods send and receive does. */
    public static void cutFromMaster(int octet, NodeRecord node) {
        insideNode(node, planOf(octet).cutCommands(node));
    }

    /** Undoes {@link #cutFromMaster}, also when nothing was cut. */
    public static void mend(int octet, NodeRecord node) {
        // the lines of a cut that is already there replace themselves, so that all can be deleted
        cutFromMaster(octet, node);
        insideNode(node, planOf(octet).mendCommands(node));
    }

    private static void insideNode(NodeRecord node, List<String> commands) {
        Command.run(List.of("ip", "-n", node.namespace(), "-batch", "-"), lines(commands));
    }

    /** Names and addresses of a node do not depend on how many there are. */
    private static NetworkPlan planOf(int octet) {
        return new NetworkPlan(octet, NetworkPlan.MAX_NODES);
    }

    private static boolean isLinked(NodeRecord node) {
        return Command.attempt(List.of("ip", "-n", node.namespace(), "link", "show", "eth0"))
                .succeeded();
    }

    /**
     * Removes links and namespaces of a zone. Its processes have ended before. A link would go with its namespace, but some time after
     * that, and would be in the way of the next zone of this number.
     */
    public static void remove(int octet) throws IOException {
        for (String link : links(octet)) {
            Command.run(List.of("ip", "link", "delete", link));
        }
        for (String namespace : namespaces(octet)) {
            Command.run(List.of("ip", "netns", "delete", namespace));
        }
        if (Files.exists(LINKS.resolve(NetworkPlan.bridgeOf(octet)))) {
            Command.run(List.of("ip", "link", "delete", NetworkPlan.bridgeOf(octet)));
        }
        removeFolderOfNamespaces();
    }

    /** The nodes' links, by the names of their ends in the root namespace. */
    private static List<String> links(int octet) throws IOException {
        try (Stream<Path> entries = Files.list(LINKS)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith(NetworkPlan.bridgeOf(octet) + "-"))
                    .sorted()
                    .toList();
        }
    }

    public static List<String> namespaces(int octet) throws IOException {
        if (!Files.isDirectory(NAMESPACES)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(NAMESPACES)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith(NetworkPlan.namespacePrefix(octet)))
                    .sorted()
                    .toList();
        }
    }

    /** Numbers whose bridge or namespaces exist on this machine. */
    public static List<Integer> inUse() throws IOException {
        List<Integer> found = new ArrayList<>();
        for (int octet : IntStream.rangeClosed(NetworkPlan.FIRST_OCTET, NetworkPlan.LAST_OCTET)
                .toArray()) {
            if (Files.exists(LINKS.resolve(NetworkPlan.bridgeOf(octet)))
                    || !namespaces(octet).isEmpty()) {
                found.add(octet);
            }
        }
        return found;
    }

    /** `ip netns add` mounts /run/netns upon itself; without a namespace in it, nobody needs that mount. */
    private static void removeFolderOfNamespaces() throws IOException {
        if (!Files.isDirectory(NAMESPACES)) {
            return;
        }
        try (Stream<Path> entries = Files.list(NAMESPACES)) {
            if (entries.findAny().isPresent()) {
                return;
            }
        }
        Command.attempt(List.of("umount", NAMESPACES.toString()));
        Command.attempt(List.of("rmdir", NAMESPACES.toString()));
    }

    private static String lines(List<String> commands) {
        return String.join("\n", commands) + "\n";
    }
}
