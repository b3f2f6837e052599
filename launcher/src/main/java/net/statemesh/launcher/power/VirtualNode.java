// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.cgroup.ZoneCgroups;
import net.statemesh.launcher.component.ComponentNames;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.folder.ZoneRecord.NodeRecord;
import net.statemesh.launcher.network.NodeMounts;
import net.statemesh.launcher.network.Underlay;
import net.statemesh.launcher.process.ProcessIdentity;
import net.statemesh.launcher.process.ProcessTable;

/**
 * One node of a zone on this machine, as somebody who stands before the rack sees it. While a node has no power, a file per component
 * keeps the supervisor from starting it.
 */
public final class VirtualNode {
    private static final long KILL_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long KILL_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ZoneFolder folder;
    private final ZoneRecord zone;
    private final NodeRecord node;
    private final Clock clock;

    private VirtualNode(ZoneFolder folder, ZoneRecord zone, NodeRecord node, Clock clock) {
        this.folder = folder;
        this.zone = zone;
        this.node = node;
        this.clock = clock;
    }

    /** The node of this name, in a zone that runs. */
    public static VirtualNode of(ZoneFolder folder, String name, Clock clock) throws IOException {
        ZoneRecord zone = ZoneRecord.in(folder);
        NodeRecord found = zone.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StateMeshException(
                        LauncherErrors.NO_NODE,
                        "zone " + zone.name() + " has no virtual node '" + name + "'.",
                        List.of("its nodes are " + String.join(", ", zone.nodeNames())),
                        List.of("statemesh node list")));
        if (!Underlay.isPlugged(found)) {
            throw new StateMeshException(
                    LauncherErrors.NO_ZONE,
                    "zone " + zone.name() + " is stopped, so that " + name + " has neither power nor link.",
                    List.of(),
                    List.of("statemesh up"));
        }
        return new VirtualNode(folder, zone, found, clock);
    }

    /**
     * Takes the power: agent, containerd and all containers end at once, without a chance to say anything, its link is down, and what it
     * had in memory is gone.
     */
    public NodeState kill() throws IOException {
        for (Path mark : marks(folder, node.name())) {
            Files.write(mark, new byte[0]);
        }
        Instant since = clock.instant();
        Underlay.setLink(zone.network(), node, false);
        endAll();
        NodeMounts.forget(folder, node.name());
        return new NodeState(node.name(), false, NodeState.Link.DOWN, since.toString());
    }

    /** Gives back power and link, whatever of them was taken. */
    public NodeState start() throws IOException {
        NodeMounts.ensure(folder, List.of(node.name()));
        Underlay.setLink(zone.network(), node, true);
        restore(folder, zone, node);
        return new NodeState(
                node.name(), true, NodeState.Link.UP, clock.instant().toString());
    }

    /** Cuts its link, or only what passes between the node and the master; whatever runs on the node goes on. */
    public NodeState isolate(NodeState.Link link) {
        if (marks(folder, node.name()).stream().anyMatch(Files::exists)) {
            throw new StateMeshException(
                    LauncherErrors.NO_POWER,
                    node.name() + " has no power, so that its link is down already.",
                    List.of(),
                    List.of("statemesh dev node start " + node.name()));
        }
        Instant since = clock.instant();
        switch (link) {
            case UP -> Underlay.setLink(zone.network(), node, true);
            case DOWN -> Underlay.setLink(zone.network(), node, false);
            case CUT_FROM_MASTER -> Underlay.cutFromMaster(zone.network(), node);
        }
        return new NodeState(node.name(), true, link, since.toString());
    }

    /** Gives every node of a zone that is being started what {@link #kill} and {@link #isolate} took. */
    public static void restoreAll(ZoneFolder folder, ZoneRecord zone) throws IOException {
        for (NodeRecord node : zone.nodes()) {
            restore(folder, zone, node);
        }
    }

    private static void restore(ZoneFolder folder, ZoneRecord zone, NodeRecord node) throws IOException {
        Underlay.mend(zone.network(), node);
        for (Path mark : marks(folder, node.name())) {
            Files.deleteIfExists(mark);
        }
    }

    /** Where containers are members of other hierarchies only, one kill after the other has to do. */
    private void endAll() throws IOException {
        ZoneCgroups cgroups = new ZoneCgroups(zone.network());
        long deadline = System.nanoTime() + KILL_LIMIT_NANOS;
        List<ProcessIdentity> alive = alive(cgroups);
        while (!alive.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new StateMeshException(
                        LauncherErrors.LEFT_BEHIND,
                        "processes of " + node.name() + " do not end.",
                        List.of("pids "
                                + alive.stream().map(ProcessIdentity::pid).toList()),
                        List.of("look at them with ps -fp PID, then try again"));
            }
            cgroups.kill(node.name());
            alive.forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly));
            LockSupport.parkNanos(KILL_POLL_NANOS);
            alive = alive(cgroups);
        }
    }

    private List<ProcessIdentity> alive(ZoneCgroups cgroups) throws IOException {
        return cgroups.members(node.name()).stream()
                .flatMap(pid -> ProcessTable.identify(pid).stream())
                .filter(ProcessTable::isAlive)
                .toList();
    }

    private static List<Path> marks(ZoneFolder folder, String node) {
        return List.of(folder.powerOff(ComponentNames.agent(node)), folder.powerOff(ComponentNames.containerd(node)));
    }
}
