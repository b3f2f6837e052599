// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.cgroup.ZoneCgroups;
import net.statemesh.launcher.component.ComponentNames;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.folder.ZoneRecord.NodeRecord;
import net.statemesh.launcher.network.Underlay;
import net.statemesh.launcher.process.ProcessTable;
import net.statemesh.launcher.process.Termination;

/** One node of a zone on this machine, as somebody who stands before the rack sees it. */
public final class VirtualNode {
    /** A process may start another while we look; after this many looks something is wrong. */
    private static final int MAX_SWEEPS = 50;

    private final ZoneFolder folder;
    private final ZoneRecord zone;
    private final NodeRecord node;

    private VirtualNode(ZoneFolder folder, ZoneRecord zone, NodeRecord node) {
        this.folder = folder;
        this.zone = zone;
        this.node = node;
    }

    /** The node of this name. */
    public static VirtualNode of(ZoneFolder folder, String name) throws IOException {
        ZoneRecord zone = JsonFile.read(folder.zoneJson(), ZoneRecord.class)
                .orElseThrow(() -> new StateMeshException(
                        LauncherErrors.NO_ZONE,
                        "there is no zone in " + folder.root() + ".",
                        List.of(),
                        List.of("statemesh up")));
        NodeRecord found = zone.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StateMeshException(
                        LauncherErrors.NO_NODE,
                        "zone " + zone.name() + " has no virtual node '" + name + "'.",
                        List.of("its nodes are " + String.join(", ", zone.nodeNames())),
                        List.of("statemesh node list")));
        return new VirtualNode(folder, zone, found);
    }

    /** Takes the power: agent, containerd and all containers end at once, without a chance to say anything, and the link is down. */
    public void kill() throws IOException {
        for (Path mark : marks(folder, node.name())) {
            Files.write(mark, new byte[0]);
        }
        Underlay.setLink(zone.network(), node, false);
        ZoneCgroups cgroups = new ZoneCgroups(zone.network());
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            List<Long> members = cgroups.members(node.name());
            if (members.isEmpty()) {
                return;
            }
            members.stream().flatMap(pid -> ProcessTable.identify(pid).stream()).forEach(Termination::kill);
        }
        throw new StateMeshException(
                LauncherErrors.LEFT_BEHIND,
                "processes of " + node.name() + " do not end.",
                List.of("pids " + cgroups.members(node.name())),
                List.of("look at them with ps -fp PID, then try again"));
    }

    /** Gives the power back, or the link. */
    public void start() throws IOException {
        Underlay.setLink(zone.network(), node, true);
        givePower(folder, node.name());
    }

    /** Lets the supervisor start what runs on a node. */
    public static void givePower(ZoneFolder folder, String node) throws IOException {
        for (Path mark : marks(folder, node)) {
            Files.deleteIfExists(mark);
        }
    }

    /** Cuts the link; whatever runs on the node goes on. */
    public void isolate() {
        Underlay.setLink(zone.network(), node, false);
    }

    private static List<Path> marks(ZoneFolder folder, String node) {
        return List.of(folder.powerOff(ComponentNames.agent(node)), folder.powerOff(ComponentNames.containerd(node)));
    }
}
