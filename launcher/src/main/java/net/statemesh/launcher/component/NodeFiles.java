// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.statemesh.api.Labels;
import net.statemesh.launcher.cgroup.ZoneCgroups;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.PrivateFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.folder.ZoneRecord.NodeRecord;
import net.statemesh.launcher.network.NetworkPlan;
import net.statemesh.launcher.pki.ZonePki;
import net.statemesh.node.AgentConfig;
import net.statemesh.node.ContainerdConfig;
import net.statemesh.node.Privileges;
import net.statemesh.node.RegistryHosts;

/** Configuration of the two processes of a virtual node: containerd and the agent. */
public final class NodeFiles {
    private static final int KUBELET_PORT = 10_250;
    private static final int MILLIS_PER_CPU = 1_000;
    /** In the node's mount namespace, where /run is its own. */
    private static final Path CONTAINERD_STATE = Path.of("/run/containerd");

    private static final List<Path> CNI_FOLDERS = List.of(Path.of("/usr/lib/cni"), Path.of("/opt/cni/bin"));

    private final ZoneFolder folder;
    private final ZoneRecord zone;
    private final long memoryBytes;

    NodeFiles(ZoneFolder folder, ZoneRecord zone, long memoryBytes) {
        this.folder = folder;
        this.zone = zone;
        this.memoryBytes = memoryBytes;
    }

    /** Where the agent of a node keeps what it knows of its pods. */
    public static Path agentState(ZoneFolder folder, String node) {
        return folder.node(node).resolve("agent");
    }

    void write(NodeRecord node) throws IOException {
        Path home = folder.node(node.name());
        for (String part : List.of("containerd", "opt", "cni", "certs.d", "agent")) {
            Files.createDirectories(home.resolve(part));
        }
        PrivateFile.write(
                RoleFiles.containerd(folder, node.name()), containerd(node).render());
        RegistryHosts hosts = new RegistryHosts(
                zone.registry(),
                folder.certificate(ZonePki.ZONE_CA),
                folder.certificate(node.name()),
                folder.key(node.name()));
        Path registry = Files.createDirectories(hosts.directory(home.resolve("certs.d")));
        PrivateFile.write(registry.resolve("hosts.toml"), hosts.render());
        String underlay = new NetworkPlan(zone.network(), zone.nodes().size()).rootAddress();
        RoleKubeconfig.of(folder, zone, node.name(), "https://" + underlay + ":" + zone.apiPort())
                .store(home.resolve("kubeconfig"));
        JsonFile.write(RoleFiles.agent(folder, node.name()), agent(node));
    }

    private ContainerdConfig containerd(NodeRecord node) {
        Path home = folder.node(node.name());
        return new ContainerdConfig(
                home.resolve("containerd"),
                CONTAINERD_STATE,
                folder.containerdSocket(node.name()),
                home.resolve("opt"),
                CNI_FOLDERS.stream()
                        .filter(candidate -> Files.isExecutable(candidate.resolve("bridge")))
                        .findFirst()
                        .orElse(CNI_FOLDERS.getFirst()),
                home.resolve("cni"),
                zone.registry() + "/" + ComponentFiles.PAUSE_IMAGE,
                home.resolve("certs.d"),
                Privileges.maySetResources(),
                Privileges.hasAppArmor());
    }

    private AgentConfig agent(NodeRecord node) {
        Path home = folder.node(node.name());
        return new AgentConfig(
                node.name(),
                zone.name(),
                home.resolve("kubeconfig"),
                folder.containerdSocket(node.name()),
                node.address(),
                KUBELET_PORT,
                node.podRange(),
                agentState(folder, node.name()),
                folder.certificate(node.name()),
                folder.key(node.name()),
                folder.certificate(ZonePki.ZONE_CA),
                home.resolve("cni"),
                new ZoneCgroups(zone.network()).podsPath(node.name()),
                memoryBytes,
                Runtime.getRuntime().availableProcessors() * MILLIS_PER_CPU,
                Map.of(Labels.OPERATOR, zone.operatorOf(node)));
    }
}
