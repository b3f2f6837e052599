// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.component;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.ZoneSettings;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.PrivateFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneFolders;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.network.NetworkPlan;
import net.statemesh.launcher.role.MasterFile;

/** Writes the configuration file of every process of a zone. */
public final class ComponentFiles {
    public static final String PAUSE_IMAGE = "statemesh/pause:1";

    private final ZoneFolder folder;
    private final ZoneRecord zone;
    private final long nodeMemoryBytes;

    /**
     * Files of a zone.
     *
     * @param nodeMemoryBytes memory that each node offers to pods
     */
    public ComponentFiles(ZoneFolder folder, ZoneRecord zone, long nodeMemoryBytes) {
        this.folder = folder;
        this.zone = zone;
        this.nodeMemoryBytes = nodeMemoryBytes;
    }

    public void write() throws IOException {
        ZoneFolders.ensure(folder);
        JsonFile.write(RoleFiles.master(folder), master());
        RoleKubeconfig.of(folder, zone, "master", zone.apiUrl()).store(RoleFiles.controllers(folder));
        PrivateFile.write(RoleFiles.registry(folder), RegistryConfig.render(folder, zone.registry()));
        Path kubeconfig = folder.ingress().resolve("kubeconfig");
        RoleKubeconfig.of(folder, zone, "ingress", zone.apiUrl()).store(kubeconfig);
        IngressFile.write(folder, zone.httpsPort(), zone.httpPort(), kubeconfig);
        NodeFiles nodes = new NodeFiles(folder, zone, nodeMemoryBytes);
        for (ZoneRecord.NodeRecord node : zone.nodes()) {
            nodes.write(node);
        }
    }

    private MasterFile master() {
        String underlay = new NetworkPlan(zone.network(), zone.nodes().size()).rootAddress();
        return new MasterFile(
                folder.master().toString(),
                List.of("127.0.0.1:" + zone.apiPort(), underlay + ":" + zone.apiPort()),
                folder.pki().toString(),
                new ZoneSettings(zone.name(), zone.domain(), zone.httpsPort(), zone.httpPort(), zone.registry()));
    }
}
