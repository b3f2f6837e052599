// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.statemesh.cli.client.ApiClient;
import net.statemesh.cli.client.Kubeconfig;
import net.statemesh.identity.PemFiles;
import net.statemesh.launcher.LauncherErrors;
import net.statemesh.launcher.component.ComponentNames;
import net.statemesh.launcher.down.Leftovers;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.process.ProcessIdentity;
import net.statemesh.launcher.process.ProcessTable;
import net.statemesh.launcher.status.ZoneStatus.ComponentStatus;
import net.statemesh.launcher.status.ZoneStatus.NodeStatus;
import net.statemesh.launcher.supervisor.ComponentRecord;
import net.statemesh.launcher.up.ZoneChecks;
import org.jspecify.annotations.Nullable;

/** Looks at a zone without changing it. */
public final class StatusReport {
    private static final long MILLIS_PER_TICK = 10;

    private final ZoneFolder folder;

    public StatusReport(ZoneFolder folder) {
        this.folder = folder;
    }

    /** {@link LauncherErrors#NO_ZONE} when the folder holds none. */
    public ZoneStatus look() throws IOException {
        ZoneRecord zone = ZoneRecord.in(folder);
        List<String> problems = new ArrayList<>();
        List<ComponentStatus> components = components(zone, problems);
        List<NodeStatus> nodes = components.stream().anyMatch(one -> one.pid() > 0) ? nodes(zone, problems) : List.of();
        return new ZoneStatus(
                zone.name(),
                problems.isEmpty(),
                folder.root().toString(),
                zone.apiUrl(),
                zone.httpsPort(),
                zone.httpPort(),
                memoryOfAll(),
                certificatesExpire().map(Instant::toString).orElse(""),
                components,
                nodes,
                problems);
    }

    private List<ComponentStatus> components(ZoneRecord zone, List<String> problems) throws IOException {
        List<String> names = new ArrayList<>(List.of(ComponentNames.SUPERVISOR));
        names.addAll(ComponentNames.all(zone.nodeNames()));
        List<ComponentStatus> all = new ArrayList<>();
        for (String name : names) {
            all.add(component(name, problems));
        }
        if (all.stream().allMatch(one -> one.state().equals("stopped"))) {
            problems.clear();
            problems.add("the zone is stopped: statemesh up");
        }
        return all;
    }

    private ComponentStatus component(String name, List<String> problems) throws IOException {
        Optional<ComponentRecord> known = ComponentRecord.read(folder, name);
        if (known.isEmpty()) {
            problems.add(name + " does not run: statemesh up");
            return new ComponentStatus(name, "stopped", 0, "", 0, 0, 0, null);
        }
        ComponentRecord record = known.get();
        boolean alive = record.isAlive();
        boolean off = Files.exists(folder.powerOff(name));
        String lastExit = record.exit().map(ComponentRecord.Exit::reason).orElse(null);
        if (!alive) {
            problems.add(off ? name + " has no power: statemesh dev node start NODE" : notRunning(name, lastExit));
        }
        return new ComponentStatus(
                name,
                alive ? "running" : off ? "off" : "waiting",
                alive ? record.pid() : 0,
                record.since(),
                record.restarts(),
                alive ? ProcessTable.proportionalMemoryBytes(record.pid()).orElse(0) : 0,
                alive ? ProcessTable.cpuTicks(record.pid()).orElse(0) * MILLIS_PER_TICK : 0,
                lastExit);
    }

    private static String notRunning(String name, @Nullable String lastExit) {
        return name + " does not run"
                + (lastExit == null ? "" : " (" + lastExit + ")")
                + (name.equals(ComponentNames.SUPERVISOR)
                        ? ", so nothing is restarted: statemesh up"
                        : ": statemesh logs " + name);
    }

    private List<NodeStatus> nodes(ZoneRecord zone, List<String> problems) throws IOException {
        List<NodeStatus> nodes = new ArrayList<>();
        try (ApiClient api = new ApiClient(Kubeconfig.read(folder.kubeconfig()), ZoneChecks.ANSWER_TIMEOUT)) {
            ZoneChecks checks = new ZoneChecks(zone, api);
            Optional<String> master = checks.masterMissing();
            if (master.isPresent()) {
                problems.add(master.get());
                return nodes;
            }
            for (String name : zone.nodeNames()) {
                Optional<String> missing = checks.nodeMissing(name);
                missing.ifPresent(problems::add);
                nodes.add(new NodeStatus(name, missing.isEmpty(), missing.orElse("")));
            }
        }
        return nodes;
    }

    private long memoryOfAll() throws IOException {
        return Leftovers.processes(folder).stream()
                .map(ProcessIdentity::pid)
                .mapToLong(pid -> ProcessTable.proportionalMemoryBytes(pid).orElse(0))
                .sum();
    }

    private Optional<Instant> certificatesExpire() throws IOException {
        if (!Files.isReadable(folder.pki())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder.pki())) {
            return files.filter(file -> file.toString().endsWith(".crt"))
                    .map(PemFiles::readCertificates)
                    .flatMap(List::stream)
                    .map(X509Certificate::getNotAfter)
                    .map(date -> date.toInstant())
                    .min(Comparator.naturalOrder());
        }
    }
}
