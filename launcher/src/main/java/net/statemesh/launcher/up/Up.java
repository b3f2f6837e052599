// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.up;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import net.statemesh.api.error.StateMeshException;
import net.statemesh.launcher.cgroup.ZoneCgroups;
import net.statemesh.launcher.component.ComponentPlan;
import net.statemesh.launcher.component.Product;
import net.statemesh.launcher.down.Down;
import net.statemesh.launcher.down.Purge;
import net.statemesh.launcher.folder.JsonFile;
import net.statemesh.launcher.folder.ZoneFolder;
import net.statemesh.launcher.folder.ZoneRecord;
import net.statemesh.launcher.network.NetworkPlan;
import net.statemesh.launcher.network.NodeMounts;
import net.statemesh.launcher.network.Underlay;
import net.statemesh.launcher.power.VirtualNode;
import net.statemesh.launcher.preflight.Packages;
import net.statemesh.launcher.preflight.Ports;
import net.statemesh.launcher.preflight.Preflight;
import net.statemesh.launcher.preflight.RequiredPackage;
import net.statemesh.launcher.supervisor.SupervisorProcess;

/** Brings a zone from whatever state it is in (new, stopped, crashed, half running, running) to ready. */
public final class Up {
    private static final int FIRST_API_PORT = 6440;

    private final ZoneFolder folder;
    private final UpOptions options;
    private final Progress progress;
    private final Clock clock;
    private final String searchPath;

    public Up(ZoneFolder folder, UpOptions options, Progress progress, Clock clock, String searchPath) {
        this.folder = folder;
        this.options = options;
        this.progress = progress;
        this.clock = clock;
        this.searchPath = searchPath;
    }

    public UpResult run() throws IOException {
        ZonePlan.check(options);
        ZonePlan.checkFolder(folder.root());
        Preflight.requireRoot();
        ZonePlan.checkEmpty(folder);
        boolean fresh = !Files.exists(folder.root());
        try (ZoneLock _ = ZoneLock.take(folder)) {
            return runAlone();
        } finally {
            if (fresh && !Files.exists(folder.zoneJson())) {
                Purge.run(folder);
            }
        }
    }

    private UpResult runAlone() throws IOException {
        Optional<ZoneRecord> existing = JsonFile.read(folder.zoneJson(), ZoneRecord.class);
        existing.ifPresent(zone -> ZonePlan.refuseChanges(zone, options));
        boolean running = new SupervisorProcess(folder).running().isPresent();
        title(existing, running);
        packages();
        Preflight.requireKernel();
        Preflight.requireDisk(folder.root());
        if (!running) {
            requirePorts(existing);
        }
        return start(existing, running);
    }

    /** A zone that did not run before and does not become ready is stopped again; its logs stay. */
    private UpResult start(Optional<ZoneRecord> existing, boolean ranBefore) throws IOException {
        try {
            ZoneRecord zone = ground(existing);
            return new Start(folder, zone, progress, clock).run(plan(zone), options.bare());
        } catch (IOException | RuntimeException e) {
            if (!ranBefore) {
                stopAgain(e);
            }
            throw e;
        }
    }

    private void stopAgain(Exception why) {
        try {
            new Down(folder).run();
        } catch (IOException | StateMeshException e) {
            why.addSuppressed(e);
        }
    }

    private void title(Optional<ZoneRecord> existing, boolean running) {
        int nodes =
                existing.map(zone -> zone.nodes().size()).orElse(options.nodes().orElse(ZonePlan.DEFAULT_NODES));
        progress.title("StateMesh on this machine · zone "
                + existing.map(ZoneRecord::name).orElse(options.zone()) + " · " + nodes + " virtual node"
                + (nodes == 1 ? "" : "s") + (running ? " · already running" : ""));
    }

    private void packages() {
        Packages packages = new Packages(searchPath);
        List<RequiredPackage> missing = packages.missing();
        if (!missing.isEmpty()) {
            if (!options.install()) {
                throw packages.refusal(missing);
            }
            progress.doing(
                    "packages",
                    "installing "
                            + String.join(
                                    " ",
                                    missing.stream().map(RequiredPackage::name).toList()));
            packages.install(missing);
        }
        progress.done(
                "packages",
                String.join(", ", Packages.versions(List.of("containerd", "runc", "docker-registry")))
                        + (missing.isEmpty() ? "" : " (installed just now)"));
    }

    private void requirePorts(Optional<ZoneRecord> existing) throws IOException {
        int https =
                existing.map(ZoneRecord::httpsPort).orElse(options.httpsPort().orElse(ZonePlan.DEFAULT_HTTPS_PORT));
        int http = existing.map(ZoneRecord::httpPort).orElse(options.httpPort().orElse(ZonePlan.DEFAULT_HTTP_PORT));
        List<Long> own = existing.isPresent() ? new ZoneCgroups(existing.get().network()).members() : List.of();
        Ports.require("--https-port", https, own);
        Ports.require("--http-port", http, own);
    }

    /** What the processes stand on: network, mounts, control groups, certificates. */
    private ZoneRecord ground(Optional<ZoneRecord> existing) throws IOException {
        ZoneRecord zone;
        if (existing.isPresent()) {
            Underlay.requireOwn(folder, existing.get().network());
            zone = withFreeApiPort(existing.get());
        } else {
            Optional<Integer> claimed = Underlay.existing(folder);
            int network = claimed.isPresent() ? claimed.get() : Underlay.claim(folder);
            zone = ZonePlan.fresh(options, network, apiPort(network));
        }
        JsonFile.write(folder.zoneJson(), zone);
        Underlay.ensure(folder, new NetworkPlan(zone.network(), zone.nodes().size()));
        NodeMounts.ensure(folder, zone.nodeNames());
        VirtualNode.restoreAll(folder, zone);
        long nodeBytes = NodeShare.memoryBytes(zone.nodes().size());
        new ZoneCgroups(zone.network()).ensure(zone.nodeNames(), nodeBytes, NodeShare.podBytes(nodeBytes));
        new Renewal(folder, clock).run(zone);
        return zone;
    }

    /** Each zone of a machine has another number, so two that start at the same moment do not take the same port. */
    private static int apiPort(int network) {
        return Ports.firstFree(FIRST_API_PORT + network - NetworkPlan.FIRST_OCTET)
                .orElseThrow();
    }

    /** The port may have been taken by another process while the zone was stopped. */
    private static ZoneRecord withFreeApiPort(ZoneRecord zone) throws IOException {
        List<Long> own = new ZoneCgroups(zone.network()).members();
        return Ports.isFreeFor(zone.apiPort(), own) ? zone : zone.withApiPort(apiPort(zone.network()));
    }

    private ComponentPlan plan(ZoneRecord zone) {
        return new ComponentPlan(folder, zone, Product.running(), searchPath);
    }
}
