// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.folder;

import java.nio.file.Path;

/**
 * Where everything of one zone lives; the layout is written down in ARCHITECTURE.md.
 *
 * @param root absolute path of the zone folder without symbolic links: the kernel names mounts by it
 */
public record ZoneFolder(Path root) {
    public ZoneFolder {
        root = RealPath.of(root);
    }

    public Path zoneJson() {
        return root.resolve("zone.json");
    }

    public Path caCertificate() {
        return root.resolve("ca.crt");
    }

    public Path kubeconfig() {
        return root.resolve("kubeconfig");
    }

    public Path pki() {
        return root.resolve("pki");
    }

    /** Certificate chain of an identity, PEM. */
    public Path certificate(String identity) {
        return pki().resolve(identity + ".crt");
    }

    /** Private key of an identity, PEM (PKCS#8), mode 0600. */
    public Path key(String identity) {
        return pki().resolve(identity + ".key");
    }

    public Path master() {
        return root.resolve("master");
    }

    public Path ingress() {
        return root.resolve("ingress");
    }

    public Path registry() {
        return root.resolve("registry");
    }

    public Path nodes() {
        return root.resolve("nodes");
    }

    public Path node(String name) {
        return nodes().resolve(name);
    }

    /** Where the zone's containerd of this node listens. */
    public Path containerdSocket(String node) {
        return node(node).resolve("containerd.sock");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String component) {
        return logs().resolve(component + ".log");
    }

    public Path run() {
        return root.resolve("run");
    }

    /** What the supervisor knows about a component. */
    public Path componentRecord(String component) {
        return run().resolve(component + ".json");
    }

    /** While it exists, the supervisor does not start the component: its node has no power. */
    public Path powerOff(String component) {
        return run().resolve(component + ".off");
    }

    /** What the supervisor has to keep running. */
    public Path supervisorConfig() {
        return run().resolve("supervisor.conf.json");
    }

    /** Held by a command that changes the zone. */
    public Path commandLock() {
        return run().resolve("command.lock");
    }

    /** Folder, mounted upon itself, that pins the mount namespaces of the nodes. */
    public Path namespaces() {
        return run().resolve("namespaces");
    }

    /** Pin of the mount namespace of one node. */
    public Path mountNamespace(String node) {
        return namespaces().resolve(node);
    }
}
