// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.component;

import java.nio.file.Path;
import net.statemesh.launcher.folder.ZoneFolder;

/** The configuration file of each process. */
public final class RoleFiles {
    private RoleFiles() {}

    public static Path master(ZoneFolder folder) {
        return folder.master().resolve("master.json");
    }

    /** Kubeconfig of a master outside the API server's process. */
    public static Path controllers(ZoneFolder folder) {
        return folder.master().resolve("kubeconfig");
    }

    public static Path ingress(ZoneFolder folder) {
        return folder.ingress().resolve("ingress.json");
    }

    public static Path registry(ZoneFolder folder) {
        return folder.registry().resolve("config.yml");
    }

    public static Path agent(ZoneFolder folder, String node) {
        return folder.node(node).resolve("agent.json");
    }

    public static Path containerd(ZoneFolder folder, String node) {
        return folder.node(node).resolve("containerd.toml");
    }
}
