// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.down;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.statemesh.launcher.cgroup.ZoneCgroups;
import net.statemesh.launcher.process.ProcessIdentity;
import net.statemesh.launcher.process.ProcessTable;

/**
 * What customers run on the nodes of a zone, found by its control groups: also where containerd or the agent is gone. Its agents
 * have ended before, so that nothing is started again.
 */
final class NodeContainers {
    private static final long GRACE_MILLIS = 5_000;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private NodeContainers() {}

    /** Asks every process to end, and waits until all have, at most for the grace period. */
    static void stopAll(ZoneCgroups groups, List<String> nodes) throws IOException {
        List<ProcessIdentity> processes = groups.podMembers(nodes).stream()
                .map(ProcessTable::identify)
                .flatMap(Optional::stream)
                .toList();
        processes.forEach(process -> ProcessHandle.of(process.pid())
                .filter(handle -> ProcessTable.isAlive(process))
                .ifPresent(ProcessHandle::destroy));
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        while (processes.stream().anyMatch(ProcessTable::isAlive) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
