// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.supervisor;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.process.ProcessIdentity;
import net.statemesh.launcher.process.ProcessTable;
import org.jspecify.annotations.Nullable;

/**
 * run/COMPONENT.json: what is known about one process, for everybody who comes later.
 *
 * @param pid zero while it does not run
 * @param startTicks with the pid, the identity of the process
 * @param since ISO 8601 instant of the last start
 * @param restarts starts after the first one, since {@code up}
 * @param version of the program and configuration it was started with
 * @param lastExit why it ended last time
 */
public record ComponentRecord(
        String name,
        long pid,
        long startTicks,
        String since,
        List<String> command,
        int restarts,
        String version,
        @Nullable Exit lastExit) {
    private static final Logger LOG = Logger.getLogger(ComponentRecord.class.getName());

    public ComponentRecord {
        command = List.copyOf(command);
        version = Objects.requireNonNullElse(version, "");
    }

    /** The end of a process: ISO 8601 instant, and the reason in words. */
    public record Exit(String at, String reason) {}

    /** What is known about a component; a record that is damaged says nothing, and its process is found otherwise. */
    public static Optional<ComponentRecord> read(ZoneFolder folder, String component) throws IOException {
        try {
            return JsonFile.read(folder.componentRecord(component), ComponentRecord.class);
        } catch (StateMeshException e) {
            LOG.log(Level.WARNING, "component={0} event=record-damaged", component);
            return Optional.empty();
        }
    }

    /** A component that was not started yet. */
    static ComponentRecord waiting(ComponentSpec spec, Instant now) {
        return new ComponentRecord(spec.name(), 0, 0, now.toString(), spec.command(), 0, spec.version(), null);
    }

    /** A component whose process was just started. */
    static ComponentRecord started(ComponentSpec spec, long pid, Instant now, int restarts, @Nullable Exit lastExit) {
        ProcessIdentity process = ProcessTable.identify(pid).orElse(new ProcessIdentity(pid, 0));
        return new ComponentRecord(
                spec.name(),
                process.pid(),
                process.startTicks(),
                now.toString(),
                spec.command(),
                restarts,
                spec.version(),
                lastExit);
    }

    public ProcessIdentity process() {
        return new ProcessIdentity(pid, startTicks);
    }

    @JsonIgnore
    public boolean isAlive() {
        return pid > 0 && ProcessTable.isAlive(process());
    }

    ComponentRecord ended(Exit exit) {
        return new ComponentRecord(name, 0, 0, since, command, restarts, version, exit);
    }

    public Optional<Exit> exit() {
        return Optional.ofNullable(lastExit);
    }
}
