// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.down;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.cgroup.ZoneCgroups;
import net.statemesh.launcher.component.ComponentNames;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.network.NodeMounts;
import net.statemesh.launcher.network.Underlay;
import net.statemesh.launcher.process.ProcessIdentity;
import net.statemesh.launcher.process.ProcessTable;
import net.statemesh.launcher.process.Termination;
import net.statemesh.launcher.supervisor.ComponentRecord;
import net.statemesh.launcher.supervisor.SupervisorProcess;

/** Stops everything of a zone, in order, and keeps its data. Works from any state the zone is in. */
public final class Down {
    private static final long GRACE_MILLIS = 10_000;
    /** A process may start another while we look; after this many looks something is wrong. */
    private static final int MAX_SWEEPS = 20;

    private static final int EVIDENCE_PROCESSES = 5;

    /** What customers' containers get to end by themselves, whatever their pods ask for. */
    public static final Duration LONGEST_GRACE = Duration.ofSeconds(30);

    private final ZoneFolder folder;
    private final Duration longestGrace;

    public Down(ZoneFolder folder) {
        this(folder, LONGEST_GRACE);
    }

    public Down(ZoneFolder folder, Duration longestGrace) {
        this.folder = folder;
        this.longestGrace = longestGrace;
    }

    /** Stops the zone; the number of processes that had to be found and killed after the orderly part. */
    public int run() throws IOException {
        Optional<ZoneRecord> zone = Leftovers.readableZone(folder);
        new SupervisorProcess(folder).stop();
        if (zone.isPresent()) {
            stopInOrder(zone.get());
        }
        int swept = sweep();
        removeGround();
        forgetProcesses();
        return swept;
    }

    private void stopInOrder(ZoneRecord zone) throws IOException {
        stop(ComponentNames.INGRESS);
        for (String node : zone.nodeNames()) {
            stop(ComponentNames.agent(node));
        }
        NodeContainers.stopAll(folder, zone.nodeNames(), longestGrace);
        for (String node : zone.nodeNames()) {
            stop(ComponentNames.containerd(node));
        }
        stop(ComponentNames.REGISTRY);
        stop(ComponentNames.MASTER);
    }

    private void stop(String component) throws IOException {
        ComponentRecord.read(folder, component)
                .filter(ComponentRecord::isAlive)
                .ifPresent(record -> Termination.end(record.process(), GRACE_MILLIS));
    }

    private int sweep() throws IOException {
        int swept = 0;
        for (int round = 0; round < MAX_SWEEPS; round++) {
            List<ProcessIdentity> left = Leftovers.processes(folder).stream()
                    .filter(process -> process.pid() != ProcessHandle.current().pid())
                    .toList();
            if (left.isEmpty()) {
                return swept;
            }
            left.forEach(Termination::kill);
            swept += left.size();
        }
        throw new StateMeshException(
                LauncherErrors.LEFT_BEHIND,
                "processes of the zone in " + folder.root() + " do not end.",
                Leftovers.processes(folder).stream()
                        .limit(EVIDENCE_PROCESSES)
                        .map(process -> "pid " + process.pid() + ": "
                                + String.join(" ", ProcessTable.commandLine(process.pid())))
                        .toList(),
                List.of("look at them with ps -fp PID, then statemesh down again"));
    }

    private void removeGround() throws IOException {
        Optional<Integer> network = Leftovers.network(folder);
        NodeMounts.remove(folder);
        if (network.isPresent()) {
            new ZoneCgroups(network.get()).remove();
            Underlay.remove(network.get());
        }
    }

    private void forgetProcesses() throws IOException {
        Folders.deleteMatching(folder.run(), name -> name.endsWith(".json") || name.endsWith(".off"));
    }
}
