// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.component;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.statemesh.launcher.cgroup.ZoneCgroups;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.folder.ZoneRecord.NodeRecord;
import net.statemesh.launcher.supervisor.ComponentSpec;
import net.statemesh.launcher.supervisor.SupervisorConfig;

/** Which processes a zone consists of. */
public final class ComponentPlan {
    private final ZoneFolder folder;
    private final ZoneRecord zone;
    private final Product product;
    private final String searchPath;
    private final ZoneCgroups cgroups;

    public ComponentPlan(ZoneFolder folder, ZoneRecord zone, Product product, String searchPath) {
        this.folder = folder;
        this.zone = zone;
        this.product = product;
        this.searchPath = searchPath;
        this.cgroups = new ZoneCgroups(zone.network());
    }

    public SupervisorConfig supervisor() throws IOException {
        List<ComponentSpec> components = new ArrayList<>();
        components.add(java(ComponentNames.MASTER, "master", RoleFiles.master(folder), List.of()));
        Path registry = RoleFiles.registry(folder);
        components.add(spec(
                ComponentNames.REGISTRY,
                List.of("docker-registry", "serve", registry.toString()),
                cgroups.controlPath(),
                List.of(),
                ComponentVersion.of(registry)));
        for (NodeRecord node : zone.nodes()) {
            components.add(containerd(node));
        }
        for (NodeRecord node : zone.nodes()) {
            components.add(agent(node));
        }
        components.add(java(ComponentNames.INGRESS, "ingress", RoleFiles.ingress(folder), List.of(apiAddress())));
        return new SupervisorConfig(folder.root().toString(), components);
    }

    /** The supervisor itself; its configuration is compared by who starts it. */
    public ComponentSpec supervisorSpec() throws IOException {
        return spec(
                ComponentNames.SUPERVISOR,
                product.command("supervisor", folder.supervisorConfig()),
                cgroups.controlPath(),
                List.of(),
                product.version());
    }

    private String apiAddress() {
        return "127.0.0.1:" + zone.apiPort();
    }

    private ComponentSpec containerd(NodeRecord node) throws IOException {
        Path config = RoleFiles.containerd(folder, node.name());
        return spec(
                ComponentNames.containerd(node.name()),
                inside(node, List.of("containerd", "--config", config.toString())),
                cgroups.systemPath(node.name()),
                List.of(),
                ComponentVersion.of(config));
    }

    private ComponentSpec agent(NodeRecord node) throws IOException {
        Path config = RoleFiles.agent(folder, node.name());
        return spec(
                ComponentNames.agent(node.name()),
                inside(node, product.command("agent", config)),
                cgroups.systemPath(node.name()),
                List.of(folder.containerdSocket(node.name()).toString()),
                ComponentVersion.of(product.version(), config));
    }

    /** The same command on the virtual node: in its network namespace, and with its mounts. */
    private List<String> inside(NodeRecord node, List<String> command) {
        List<String> wrapped = new ArrayList<>(List.of(
                "nsenter",
                "--mount=" + folder.mountNamespace(node.name()),
                "--net=" + Path.of("/run/netns", node.namespace())));
        wrapped.addAll(command);
        return wrapped;
    }

    private ComponentSpec java(String name, String role, Path config, List<String> needs) throws IOException {
        return spec(
                name,
                product.command(role, config),
                cgroups.controlPath(),
                needs,
                ComponentVersion.of(product.version(), config));
    }

    private ComponentSpec spec(String name, List<String> command, String cgroup, List<String> needs, String version)
            throws IOException {
        return new ComponentSpec(
                name,
                command,
                Map.of(
                        "PATH",
                        searchPath,
                        "HOME",
                        folder.root().toString(),
                        "LANG",
                        "C.UTF-8",
                        "CLASSPATH",
                        product.classPath(),
                        "MALLOC_ARENA_MAX",
                        "2",
                        ComponentSpec.ZONE_VARIABLE,
                        folder.root().toString()),
                ZoneCgroups.membershipFiles(cgroup).stream().map(Path::toString).toList(),
                needs,
                version);
    }
}
