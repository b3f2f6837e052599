// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.process.DetachedProcess;
import net.statemesh.launcher.process.ProcessIdentity;
import net.statemesh.launcher.process.Termination;

/** The supervisor as seen by the commands that start and end it. */
public final class SupervisorProcess {
    private static final long GRACE_MILLIS = 5_000;

    private final ZoneFolder folder;

    public SupervisorProcess(ZoneFolder folder) {
        this.folder = folder;
    }

    public Optional<ComponentRecord> running() throws IOException {
        return ComponentRecord.read(folder, "supervisor").filter(ComponentRecord::isAlive);
    }

    /** Starts it unless it runs with this configuration already; it takes over components that run. */
    public void ensure(SupervisorConfig config, ComponentSpec spec, Clock clock) throws IOException {
        Optional<ComponentRecord> earlier =
                running().filter(record -> record.version().equals(spec.version()));
        boolean same = JsonFile.read(folder.supervisorConfig(), SupervisorConfig.class)
                .filter(config::equals)
                .isPresent();
        if (earlier.isPresent() && same) {
            return;
        }
        stop();
        for (ProcessIdentity unrecorded : RunningComponent.find(spec)) {
            Termination.end(unrecorded, GRACE_MILLIS);
        }
        JsonFile.write(folder.supervisorConfig(), config);
        Process process = DetachedProcess.start(
                spec.command(), spec.environment(), spec.membershipFiles(), folder.log(spec.name()));
        JsonFile.write(
                folder.componentRecord(spec.name()),
                ComponentRecord.started(spec, process.pid(), clock.instant(), 0, null));
    }

    /** Ends it; the components run on. */
    public void stop() throws IOException {
        Optional<ComponentRecord> record = running();
        if (record.isPresent()) {
            Termination.end(record.get().process(), GRACE_MILLIS);
        }
    }
}
